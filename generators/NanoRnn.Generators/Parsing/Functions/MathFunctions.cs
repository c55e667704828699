using Microsoft.CodeAnalysis;

namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>The mathematical methods of .NET that a function may call, by name.</summary>
internal static class MathFunctions
{
    private static readonly Dictionary<string, UserOperation> OfOne = new(StringComparer.Ordinal)
    {
        ["Abs"] = UserOperation.Abs,
        ["Sqrt"] = UserOperation.SquareRoot,
        ["Exp"] = UserOperation.Exp,
        ["Log"] = UserOperation.Log,
        ["Sin"] = UserOperation.Sin,
        ["Cos"] = UserOperation.Cos,
        ["Sinh"] = UserOperation.Sinh,
        ["Cosh"] = UserOperation.Cosh,
        ["Tanh"] = UserOperation.Tanh,
        ["Atan"] = UserOperation.Atan,
    };

    /// <summary>Whether a type is one of those whose methods are known here: <c>MathF</c>, <c>Math</c>, <c>float</c>, <c>double</c>.</summary>
    public static bool IsLibrary(INamedTypeSymbol type) =>
        type.SpecialType is SpecialType.System_Single or SpecialType.System_Double
        || (type is { Name: "MathF" or "Math", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } });

    /// <summary>The value of a call, or null if the method is none of those known.</summary>
    public static int? Call(string name, IReadOnlyList<IOperation> arguments, Func<IOperation, int> evaluate, FunctionBuilder builder)
    {
        switch (name, arguments.Count)
        {
            case ("Min", 2):
                return builder.Make(UserOperation.Min, evaluate(arguments[0]), evaluate(arguments[1]));
            case ("Max", 2):
                return builder.Make(UserOperation.Max, evaluate(arguments[0]), evaluate(arguments[1]));
            case ("Clamp", 3):
                var raised = builder.Make(UserOperation.Max, evaluate(arguments[0]), evaluate(arguments[1]));
                return builder.Make(UserOperation.Min, raised, evaluate(arguments[2]));
            case ("FusedMultiplyAdd", 3):
                return builder.Make(UserOperation.FusedMultiplyAdd, evaluate(arguments[0]), evaluate(arguments[1]), evaluate(arguments[2]));
            case ("IsNaN", 1):
                var number = evaluate(arguments[0]);
                return builder.Not(builder.Make(UserOperation.Equal, number, number));
            case ("Pow", 2) when Exponent(arguments[1]) is { } exponent:
                return builder.Power(evaluate(arguments[0]), exponent);
            case (_, 1) when OfOne.TryGetValue(name, out var operation):
                return builder.Make(operation, evaluate(arguments[0]));
            default:
                return null;
        }
    }

    /// <summary>A method as a function of its own, or null if it is none of those known.</summary>
    public static UserFunction? Named(string name, IMethodSymbol method) => OfOne.TryGetValue(method.Name, out var operation)
        ? new UserFunction(
            name,
            FunctionMistakes.MethodName(method),
            new([new UserNode(UserOperation.Argument, -1, -1, -1, 0), new UserNode(operation, 0, -1, -1, 0)]),
            Result: 1)
        : null;

    /// <summary>An argument's value as a finite number, if it is constant.</summary>
    private static float? Exponent(IOperation argument)
    {
        var value = FunctionMistakes.Number(argument) ?? float.NaN;
        return float.IsNaN(value) || float.IsInfinity(value) ? null : value;
    }
}
