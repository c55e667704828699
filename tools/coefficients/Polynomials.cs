namespace NanoRnn.Coefficients;

/// <summary>Polynomials in float, in the order of operations that <c>ElementwiseFunction.Polynomial</c> prints.</summary>
internal static class Polynomials
{
    public static float Evaluate(float x, ReadOnlySpan<float> coefficients)
    {
        var square = x * x;
        var rest = coefficients.Length % 2;
        var sum = rest == 0 ? MathF.FusedMultiplyAdd(coefficients[0], x, coefficients[1]) : coefficients[0];
        for (var i = rest == 0 ? 2 : 1; i < coefficients.Length; i += 2)
            sum = MathF.FusedMultiplyAdd(sum, square, MathF.FusedMultiplyAdd(coefficients[i], x, coefficients[i + 1]));
        return sum;
    }
}
