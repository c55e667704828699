using NanoRnn.Generators.Differentiation;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>The derivative of a function that the user has written as a method, derived from it.</summary>
internal sealed class MethodSlope(UserFunction function) : ElementwiseFunction
{
    private readonly UserFunction _function = function;

    public override string Name => _function.Name + "Slope";

    public override string Documentation => $"The derivative of the user's {_function.DisplayName}.";

    public override Expr Expand(Expr x)
    {
        var y = new MethodExpansion(_function, x).Result;
        return new Slopes(x, firstId: x.Graph.Count).Of(y);
    }

    public override Expr Derivative(Expr x, Expr y) =>
        throw new InvalidOperationException("nothing is differentiated twice");

    public override bool Equals(object? obj) => obj is MethodSlope other && _function.Equals(other._function);

    public override int GetHashCode() => ~_function.GetHashCode();

    /// <summary>
    /// Derivatives of expressions by one variable. Where an expression chooses between two, so does its derivative: a gradient of
    /// zero sent into the branch that was not taken would meet the infinite slope of a root at zero, and be NaN.
    /// </summary>
    private sealed class Slopes(Expr x, int firstId)
    {
        private readonly Dictionary<Expr, Expr> _slopes = [];

        public Expr Of(Expr y)
        {
            if (!_slopes.TryGetValue(y, out var slope))
            {
                ReverseMode gradients = null!;
                gradients = new ReverseMode((node, gradient) =>
                {
                    if (Choice(node) is not { } choice)
                        return false;
                    gradients.Accumulate(x, gradient * choice);
                    return true;
                });
                gradients.Accumulate(y, x.Graph.Constant(1));
                gradients.Run(x.Graph, firstId);
                _slopes[y] = slope = gradients.GradientOf(x);
            }

            return slope;
        }

        /// <summary>The slope of an expression that is one of two others, or null.</summary>
        private Expr? Choice(Expr node)
        {
            var (graph, a) = (x.Graph, node.Operands);
            return node.Operation switch
            {
                Operation.SelectLess or Operation.SelectLessOrEqual => graph.Select(node.Operation, a[0], a[1], Of(a[2]), Of(a[3])),
                Operation.Min => graph.SelectLess(a[0], a[1], Of(a[0]), Of(a[1])),
                Operation.Max => graph.SelectLess(a[1], a[0], Of(a[0]), Of(a[1])),
                _ => null,
            };
        }
    }
}
