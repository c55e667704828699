namespace NanoRnn.Generators.Lowering.Expressions;

/// <summary>
/// A node of an elementwise expression. Nodes are interned in their <see cref="ExprGraph"/>: the same operation on the same
/// operands is the same object, so common subexpressions are found by construction and comparison is by reference.
/// </summary>
internal sealed class Expr
{
    /// <summary>About as many operations as the longest chain of a function such as tanh has.</summary>
    private const int FunctionDepth = 10;

    /// <summary>About as many other operations as a division takes the time of.</summary>
    private const int DivisionDepth = 3;

    public Expr(ExprGraph graph, int id, Operation operation, Expr[] operands, float value, string? name, ElementwiseFunction? function)
    {
        Graph = graph;
        Id = id;
        Operation = operation;
        Operands = operands;
        Value = value;
        Name = name;
        Function = function;
        Depth = operands.Length == 0 ? 0 : operands.Max(operand => operand.Depth) + Steps(operation, operands.Length);
    }

    public ExprGraph Graph { get; }

    /// <summary>Order of creation: operands come before the nodes that use them.</summary>
    public int Id { get; }

    public Operation Operation { get; }

    public IReadOnlyList<Expr> Operands { get; }

    /// <summary>The number, if this is a constant.</summary>
    public float Value { get; }

    /// <summary>The identity of a leaf; for other nodes a name for the reader of the generated code, if one was given.</summary>
    public string? Name { get; private set; }

    public ElementwiseFunction? Function { get; }

    /// <summary>Operations in the longest chain from a leaf or constant to this node: how late its value is known.</summary>
    public int Depth { get; }

    public static Expr operator +(Expr a, Expr b) => a.Graph.Add(a, b);

    public static Expr operator -(Expr a, Expr b) => a.Graph.Subtract(a, b);

    public static Expr operator *(Expr a, Expr b) => a.Graph.Multiply(a, b);

    public static Expr operator /(Expr a, Expr b) => a.Graph.Divide(a, b);

    public static Expr operator -(Expr a) => a.Graph.Negate(a);

    public static Expr operator +(Expr a, float b) => a + a.Graph.Constant(b);

    public static Expr operator +(float a, Expr b) => b.Graph.Constant(a) + b;

    public static Expr operator -(Expr a, float b) => a - a.Graph.Constant(b);

    public static Expr operator -(float a, Expr b) => b.Graph.Constant(a) - b;

    public static Expr operator *(Expr a, float b) => a * a.Graph.Constant(b);

    public static Expr operator *(float a, Expr b) => b.Graph.Constant(a) * b;

    public static Expr operator /(float a, Expr b) => b.Graph.Constant(a) / b;

    public bool IsConstant(float value) => Operation == Operation.Constant && Value == value;

    /// <summary>Names the node for the reader of the generated code.</summary>
    public Expr Named(string name)
    {
        if (Operation is not (Operation.Leaf or Operation.Constant))
            Name ??= name;
        return this;
    }

    private static int Steps(Operation operation, int operandCount) => operation switch
    {
        Operation.Function => FunctionDepth + operandCount - 1,
        Operation.Divide => DivisionDepth,
        _ => 1,
    };
}
