using System.Globalization;
using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Writing;

/// <summary>Functions as C# says them: an activation of NanoRnn, or the body of a method.</summary>
internal static class FunctionText
{
    /// <summary>The member of <see cref="Activation"/> with this formula, or null.</summary>
    public static string? Activation(ScalarFunction function) => function switch
    {
        { Name: "Identity" } => nameof(NanoRnn.Activation.Linear),
        { Name: "LeakyRelu" } => IsClose(function.Alpha, 0.2) ? nameof(NanoRnn.Activation.LeakyRelu) : null,
        { Name: "Elu" } => function.Alpha == 1 ? nameof(NanoRnn.Activation.Elu) : null,
        { Name: "Selu" } => IsClose(function.Alpha, 1.67326324235) && IsClose(function.Beta, 1.05070098736) ? nameof(NanoRnn.Activation.Selu) : null,
        { Name: "HardSigmoid" } => IsClose(function.Alpha, 1.0 / 6) && function.Beta == 0.5 ? nameof(NanoRnn.Activation.HardSigmoid) : null,
        { Name: "Swish" } => function.Alpha == 1 ? nameof(NanoRnn.Activation.Silu) : null,
        { Name: "Exp" } => nameof(NanoRnn.Activation.Exponential),
        { Name: "Relu" or "Softplus" or "Softsign" or "Tanh" or "Sigmoid" } => function.Name,
        _ => null,
    };

    /// <summary>What a method returns for <c>x</c>, or null if it cannot be said.</summary>
    public static string? Body(ScalarFunction function)
    {
        var (alpha, beta) = (Number(function.Alpha), Number(function.Beta));
        return function.Name switch
        {
            "LeakyRelu" => $"x < 0 ? {alpha} * x : x",
            "ThresholdedRelu" => $"x > {alpha} ? x : 0",
            "Elu" => $"x < 0 ? {alpha} * (MathF.Exp(x) - 1) : x",
            "Selu" => $"{beta} * (x > 0 ? x : {alpha} * (MathF.Exp(x) - 1))",
            "HardSigmoid" => $"Math.Clamp({alpha} * x + {beta}, 0, 1)",
            "HardSwish" => "x * Math.Clamp(x / 6 + 0.5f, 0, 1)",
            "Swish" => $"x / (1 + MathF.Exp(-{alpha} * x))",
            "Mish" => "x * MathF.Tanh(MathF.Max(x, 0) + MathF.Log(1 + MathF.Exp(-MathF.Abs(x))))",
            "Clip" when double.IsInfinity(function.Beta) => $"MathF.Max(x, {alpha})",
            "Clip" when double.IsInfinity(function.Alpha) => $"MathF.Min(x, {beta})",
            "Clip" when function.Alpha <= function.Beta => $"Math.Clamp(x, {alpha}, {beta})",
            "Square" => "x * x",
            "Pow" when double.IsFinite(function.Alpha) => $"MathF.Pow(x, {alpha})",
            "Log" => "MathF.Log(x)",
            "Sqrt" => "MathF.Sqrt(x)",
            "Reciprocal" => "1 / x",
            "Abs" => "MathF.Abs(x)",
            "Neg" => "-x",
            "Sin" => "MathF.Sin(x)",
            "Cos" => "MathF.Cos(x)",
            "Scale" => $"{alpha} * x + {beta}",
            _ => null,
        };
    }

    /// <summary>A number as C# spells it.</summary>
    public static string Number(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";

    private static bool IsClose(double a, double b) => Math.Abs(a - b) < 1e-6;
}
