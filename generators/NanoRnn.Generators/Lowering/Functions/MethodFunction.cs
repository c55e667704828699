using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>A function that the user has written as a method.</summary>
internal sealed class MethodFunction(UserFunction function) : ElementwiseFunction
{
    private readonly UserFunction _function = function;

    public override string Name => _function.Name + "Function";

    public override string Documentation => $"The user's {_function.DisplayName}.";

    public override Expr Expand(Expr x) => new MethodExpansion(_function, x).Result;

    public override Expr Derivative(Expr x, Expr y) => new MethodSlope(_function).Of(x);

    public override bool Equals(object? obj) => obj is MethodFunction other && _function.Equals(other._function);

    public override int GetHashCode() => _function.GetHashCode();
}
