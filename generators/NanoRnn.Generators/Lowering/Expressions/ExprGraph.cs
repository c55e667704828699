namespace NanoRnn.Generators.Lowering.Expressions;

/// <summary>
/// Makes and interns the nodes of one cell's expressions, simplifying as they are made. Simplifications are exact for finite
/// operands; a sum of a product becomes one fused multiply-add here, once, so that every width computes the same.
/// </summary>
internal sealed class ExprGraph
{
    private readonly Dictionary<Key, Expr> _interned = [];
    private readonly List<Expr> _nodes = [];

    public int Count => _nodes.Count;

    /// <summary>All nodes by id: operands before their users.</summary>
    public IReadOnlyList<Expr> Nodes => _nodes;

    public Expr Constant(float value) => Intern(Operation.Constant, [], value);

    public Expr Leaf(string name) => Intern(Operation.Leaf, [], name: name);

    /// <summary>f(x), factor·f(x) or factor·f(x) + addend, by the number of operands.</summary>
    public Expr Apply(ElementwiseFunction function, params Expr[] operands) => Intern(Operation.Function, operands, function: function);

    /// <summary>The node's operation on other operands.</summary>
    public Expr With(Expr node, Expr[] operands) =>
        operands.SequenceEqual(node.Operands) ? node : Intern(node.Operation, operands, node.Value, function: node.Function);

    /// <summary>a·2ⁿ for b = 1.5·2²³ + n.</summary>
    public Expr ScaleByPowerOfTwo(Expr a, Expr b) => Intern(Operation.ScaleByPowerOfTwo, [a, b]);

    /// <summary>2ⁿ for a = 1.5·2²³ + 127 + n, from 0 for n = −127 to infinity for n = 128.</summary>
    public Expr PowerOfTwo(Expr a) => Intern(Operation.PowerOfTwo, [a]);

    public Expr Abs(Expr x) => Intern(Operation.Abs, [x]);

    /// <summary><c>a ≤ b ? c : d</c></summary>
    public Expr SelectLessOrEqual(Expr a, Expr b, Expr c, Expr d) =>
        ReferenceEquals(c, d) ? c
        : ReferenceEquals(a, b) ? Intern(Operation.SelectLessOrEqual, [Abs(a), Constant(float.PositiveInfinity), c, d])
        : Intern(Operation.SelectLessOrEqual, [a, b, c, d]);

    /// <summary><c>a &lt; b ? c : d</c></summary>
    public Expr SelectLess(Expr a, Expr b, Expr c, Expr d) =>
        ReferenceEquals(c, d) ? c : ReferenceEquals(a, b) ? d : Intern(Operation.SelectLess, [a, b, c, d]);

    /// <summary>The selection that <paramref name="operation"/> names.</summary>
    public Expr Select(Operation operation, Expr a, Expr b, Expr c, Expr d) =>
        operation == Operation.SelectLess ? SelectLess(a, b, c, d) : SelectLessOrEqual(a, b, c, d);

    public Expr SquareRoot(Expr x) =>
        x.Operation == Operation.Constant ? Constant((float)Math.Sqrt(x.Value)) : Intern(Operation.SquareRoot, [x]);

    /// <summary>1.5·2²³ + n for a positive normal x = 2ⁿ·m with √½ ≤ m &lt; √2.</summary>
    public Expr BinaryExponent(Expr x) => Intern(Operation.BinaryExponent, [x]);

    /// <summary>The greater of a number and x; NaN stays NaN.</summary>
    public Expr AtLeast(Expr x, float low) => Intern(Operation.Max, [Constant(low), x]);

    /// <summary>x held between two numbers; NaN stays NaN.</summary>
    public Expr Clamp(Expr x, float low, float high) => AtMost(AtLeast(x, low), high);

    /// <summary>x or a number, whichever is less; NaN stays NaN.</summary>
    public Expr AtMost(Expr x, float high) => Intern(Operation.Min, [Constant(high), x]);

    public Expr FusedMultiplyAdd(Expr a, Expr b, Expr c) =>
        a.IsConstant(0) || b.IsConstant(0) ? c
        : c.IsConstant(0) ? a * b
        : a.IsConstant(1) ? Intern(Operation.Add, [b, c])
        : b.IsConstant(1) ? Intern(Operation.Add, [a, c])
        : Intern(Operation.FusedMultiplyAdd, [a, b, c]);

    /// <remarks>Of two products the one that is known later takes part in the fused multiply-add: the other has been rounded by then.</remarks>
    public Expr Add(Expr a, Expr b) =>
        a.IsConstant(0) ? b
        : b.IsConstant(0) ? a
        : AreConstants(a, b) ? Constant(a.Value + b.Value)
        : b.Operation == Operation.Negate ? a - b.Operands[0]
        : a.Operation == Operation.Negate ? b - a.Operands[0]
        : IsProduct(a) && (!IsProduct(b) || a.Depth > b.Depth) ? AddToProduct(a, b)
        : IsProduct(b) ? AddToProduct(b, a)
        : Intern(Operation.Add, [a, b]);

    public Expr Subtract(Expr a, Expr b) =>
        b.IsConstant(0) ? a
        : a.IsConstant(0) ? -b
        : ReferenceEquals(a, b) ? Constant(0)
        : AreConstants(a, b) ? Constant(a.Value - b.Value)
        : b.Operation == Operation.Negate ? a + b.Operands[0]
        : IsProduct(b) ? AddToProduct(b, a, isNegated: true)
        : Intern(Operation.Subtract, [a, b]);

    public Expr Multiply(Expr a, Expr b) =>
        a.IsConstant(0) || b.IsConstant(0) ? Constant(0)
        : a.IsConstant(1) ? b
        : b.IsConstant(1) ? a
        : a.IsConstant(-1) ? -b
        : b.IsConstant(-1) ? -a
        : AreConstants(a, b) ? Constant(a.Value * b.Value)
        : a.Operation == Operation.Negate ? -(a.Operands[0] * b)
        : b.Operation == Operation.Negate ? -(a * b.Operands[0])
        : Intern(Operation.Multiply, [a, b]);

    public Expr Divide(Expr a, Expr b) =>
        a.IsConstant(0) ? a
        : b.IsConstant(1) ? a
        : AreConstants(a, b) ? Constant(a.Value / b.Value)
        : Intern(Operation.Divide, [a, b]);

    public Expr Negate(Expr a) =>
        a.Operation == Operation.Constant ? Constant(-a.Value)
        : a.Operation == Operation.Negate ? a.Operands[0]
        : Intern(Operation.Negate, [a]);

    private static bool IsProduct(Expr node) => node.Operation == Operation.Multiply;

    private Expr AddToProduct(Expr product, Expr addend, bool isNegated = false)
    {
        var (a, b) = (product.Operands[0], product.Operands[1]);
        return FusedMultiplyAdd(isNegated ? -a : a, b, addend);
    }

    private static bool AreConstants(Expr a, Expr b) =>
        a.Operation == Operation.Constant && b.Operation == Operation.Constant;

    private Expr Intern(
        Operation operation, Expr[] operands, float value = 0, string? name = null, ElementwiseFunction? function = null)
    {
        var key = new Key(operation, new OperandIds(operands), value, name, function);
        if (!_interned.TryGetValue(key, out var node))
        {
            node = new Expr(this, _nodes.Count, operation, operands, value, name, function);
            _interned.Add(key, node);
            _nodes.Add(node);
        }

        return node;
    }

    private sealed record Key(Operation Operation, OperandIds Operands, float Value, string? Name, ElementwiseFunction? Function);

    /// <summary>Up to four operands by their ids, −1 where there is none.</summary>
    private readonly record struct OperandIds(int A, int B, int C, int D)
    {
        public OperandIds(Expr[] operands)
            : this(IdAt(operands, 0), IdAt(operands, 1), IdAt(operands, 2), IdAt(operands, 3))
        {
        }

        private static int IdAt(Expr[] operands, int index) => index < operands.Length ? operands[index].Id : -1;
    }
}
