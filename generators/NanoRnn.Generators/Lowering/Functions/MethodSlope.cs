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
        return new SlopesBy(x).Of(y);
    }

    public override Expr Derivative(Expr x, Expr y) =>
        throw new InvalidOperationException("nothing is differentiated twice");

    public override bool Equals(object? obj) => obj is MethodSlope other && _function.Equals(other._function);

    public override int GetHashCode() => ~_function.GetHashCode();
}
