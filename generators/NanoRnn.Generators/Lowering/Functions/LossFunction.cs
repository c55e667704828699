using NanoRnn.Generators.Differentiation;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>A loss that the user has written as a method, and its derivative by the prediction, derived from it.</summary>
internal sealed class LossFunction(UserFunction function)
{
    public string Name => function.Name;

    public string DisplayName => function.DisplayName;

    public Expr Value(Expr prediction, Expr target) => new MethodExpansion(function, prediction, target).Result;

    public Expr Slope(Expr prediction, Expr target)
    {
        var value = Value(prediction, target);
        return new SlopesBy(prediction).Of(value);
    }
}
