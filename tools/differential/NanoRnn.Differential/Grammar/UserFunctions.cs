using NanoRnn.Reference;

namespace NanoRnn.Differential.Grammar;

/// <summary>
/// Functions of users' own: continuous ones, with slopes of moderate size, whose text loses no digits. Each has a twin in double precision, the same text with
/// <c>double</c> for <c>float</c> and <c>Math</c> for <c>MathF</c>, which the reference runs.
/// </summary>
internal static class UserFunctions
{
    private static readonly (string Name, string Body)[] Bodies =
    [
        ("MishLike", "=> x * MathF.Tanh(MathF.Log(2 + MathF.Exp(MathF.Min(x, 20))));"),
        ("Bounded", "{ if (x < -1) return -1; return x > 1 ? 1 : x; }"),
        ("Wave", "=> x + MathF.Sin(3 * x) * 0.25f;"),
        ("Root", "=> MathF.Sqrt(x * x + 1);"),
        ("Bell", "=> MathF.Exp(-x * x);"),
        ("Rational", "=> x / (1 + x * x);"),
        ("Arc", "=> MathF.Atan(x);"),
        ("Hyperbolic", "=> MathF.Sinh(x) / MathF.Cosh(x);"),
        ("Raised", "=> MathF.Pow(MathF.Abs(x) + 0.5f, 1.5f);"),
        ("Cubic", "=> MathF.FusedMultiplyAdd(x, x * x * 0.125f, 0.5f * x);"),
        ("Cosine", "=> MathF.Cos(x);"),
        ("Clamped", "=> Math.Clamp(x, -0.75f, 0.5f);"),
        ("Pieces", "{ float y = x; if (x < 0) y *= 0.5f; else if (x > 1) y = 1 + 0.25f * (x - 1); return y; }"),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Bodies.Select(body => body.Name)];

    /// <summary>The two methods of each function, by name.</summary>
    public static IReadOnlyDictionary<string, string> Sources { get; } = Bodies.ToDictionary(
        body => body.Name,
        body =>
        {
            var function = $"public static float {body.Name}(float x) {body.Body}";
            var twin = $"public static float {body.Name}{ReferenceFunction.TwinSuffix}(float x) {body.Body}";
            return $"{function}\n    {twin.Replace("float ", "double ", StringComparison.Ordinal).Replace("MathF.", "Math.", StringComparison.Ordinal)}";
        });
}
