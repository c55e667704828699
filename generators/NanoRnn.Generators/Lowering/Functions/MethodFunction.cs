using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>A function that the user has written as a method.</summary>
internal sealed class MethodFunction : ElementwiseFunction
{
    private readonly UserFunction _function;

    private MethodFunction(UserFunction function) => _function = function;

    public override string Name => _function.Name + "Function";

    /// <summary>The method as a function; one that only calls another, such as MathF.Tanh, is that.</summary>
    public static ElementwiseFunction For(UserFunction function)
    {
        var x = new ExprGraph().Leaf("x");
        var method = new MethodFunction(function);
        return method.Expand(x) is { Operation: Operation.Function } result && result.Operands.SequenceEqual([x]) ? result.Function! : method;
    }

    public override string Documentation => $"The user's {_function.DisplayName}.";

    public override Expr Expand(Expr x) => new MethodExpansion(_function, x).Result;

    public override Expr Derivative(Expr x, Expr y) => new MethodSlope(_function).Of(x);

    public override bool Equals(object? obj) => obj is MethodFunction other && _function.Equals(other._function);

    public override int GetHashCode() => _function.GetHashCode();
}
