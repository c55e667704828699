using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>A user's function in operations that every processor computes alike.</summary>
internal sealed class MethodExpansion
{
    private readonly UserFunction _function;
    private readonly Expr[] _arguments;
    private readonly Dictionary<int, Expr> _values = [];

    public MethodExpansion(UserFunction function, params Expr[] arguments)
    {
        (_function, _arguments) = (function, arguments);
        Result = Value(function.Result);
    }

    /// <summary>The value that the method returns.</summary>
    public Expr Result { get; }

    private ExprGraph Graph => _arguments[0].Graph;

    private Expr Value(int index)
    {
        if (!_values.TryGetValue(index, out var value))
        {
            var node = _function.Nodes[index];
            value = Expand(node);
            _values[index] = node.Local is { } local ? value.Named(local) : value;
        }

        return value;
    }

    private Expr Expand(UserNode node) => node.Operation switch
    {
        UserOperation.Argument => _arguments[(int)node.Value],
        UserOperation.Constant => Graph.Constant(node.Value),
        UserOperation.Add => Value(node.A) + Value(node.B),
        UserOperation.Subtract => Value(node.A) - Value(node.B),
        UserOperation.Multiply => Value(node.A) * Value(node.B),
        UserOperation.Divide => Value(node.A) / Value(node.B),
        UserOperation.Negate => -Value(node.A),
        UserOperation.FusedMultiplyAdd => Graph.FusedMultiplyAdd(Value(node.A), Value(node.B), Value(node.C)),
        UserOperation.Abs => Graph.Abs(Value(node.A)),
        UserOperation.Min => Min(Value(node.A), Value(node.B)),
        UserOperation.Max => Max(Value(node.A), Value(node.B)),
        UserOperation.SquareRoot => Graph.SquareRoot(Value(node.A)),
        UserOperation.Exp => Exponential.Instance.Of(Value(node.A)),
        UserOperation.Log => Logarithm.Instance.Of(Value(node.A)),
        UserOperation.Sin => Sine.Instance.Of(Value(node.A)),
        UserOperation.Cos => Sine.Cosine.Of(Value(node.A)),
        UserOperation.Sinh => HyperbolicSine.Instance.Of(Value(node.A)),
        UserOperation.Cosh => HyperbolicCosine.Instance.Of(Value(node.A)),
        UserOperation.Tanh => Tanh.Instance.Of(Value(node.A)),
        UserOperation.Atan => Arctangent.Instance.Of(Value(node.A)),
        UserOperation.Power => Power.Raise(Value(node.A), node.Value),
        UserOperation.Select => Choose(node.A, Value(node.B), Value(node.C)),
        _ => throw new InvalidOperationException($"{node.Operation} is no number"),
    };

    /// <summary>The first value where the condition holds, else the second.</summary>
    private Expr Choose(int condition, Expr a, Expr b)
    {
        if (ReferenceEquals(a, b))
            return a;
        var node = _function.Nodes[condition];
        switch (node.Operation)
        {
            case UserOperation.Less:
                return Graph.SelectLess(Value(node.A), Value(node.B), a, b);
            case UserOperation.LessOrEqual:
                return Graph.SelectLessOrEqual(Value(node.A), Value(node.B), a, b);
            case UserOperation.Equal:
                var (left, right) = (Value(node.A), Value(node.B));
                return ReferenceEquals(left, right)
                    ? Graph.SelectLessOrEqual(left, right, a, b)
                    : Graph.SelectLessOrEqual(left, right, Graph.SelectLessOrEqual(right, left, a, b), b);
            case UserOperation.And:
                return Choose(node.A, Choose(node.B, a, b), b);
            case UserOperation.Or:
                return Choose(node.A, a, Choose(node.B, a, b));
            case UserOperation.Not:
                return Choose(node.A, b, a);
            case UserOperation.Select:
                return Choose(node.A, Choose(node.B, a, b), Choose(node.C, a, b));
            case UserOperation.True:
                return a;
            case UserOperation.False:
                return b;
            default:
                throw new InvalidOperationException($"{node.Operation} is no condition");
        }
    }

    /// <remarks>Where one of two values is NaN, neither comparison holds, and their sum is NaN.</remarks>
    private Expr Min(Expr a, Expr b) => IsNumber(a) ? Graph.AtMost(b, a.Value)
        : IsNumber(b) ? Graph.AtMost(a, b.Value)
        : Graph.SelectLessOrEqual(a, b, a, Graph.SelectLessOrEqual(b, a, b, a + b));

    private Expr Max(Expr a, Expr b) => IsNumber(a) ? Graph.AtLeast(b, a.Value)
        : IsNumber(b) ? Graph.AtLeast(a, b.Value)
        : Graph.SelectLessOrEqual(b, a, a, Graph.SelectLessOrEqual(a, b, b, a + b));

    private static bool IsNumber(Expr x) => x.Operation == Operation.Constant && !float.IsNaN(x.Value);
}
