using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Features to and from units in which they are of the size of one, by Keras's formulas. Statistics are a row of means and a row of variances,
/// or a row of minima and a row of maxima.
/// </summary>
/// <remarks>
/// The offset is subtracted before anything is divided: of values that lie close together and far from zero, air pressures for one, that
/// difference is exact, and folded into one multiply-add it would not be.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FeatureScaling
{
    /// <summary>Keras's <c>epsilon()</c>: what a feature that never changes is divided by.</summary>
    private const float SmallestScale = 1e-7f;

    /// <summary>What a function computes of four numbers, of which some may not count.</summary>
    private interface IFormula
    {
        static abstract Vector128<float> Of(Vector128<float> x, Vector128<float> offset, Vector128<float> scale);
    }

    /// <summary>Rows of <c>(x − offset) / scale</c>.</summary>
    public static void Normalize(
        ref float statistics, NormalizationKind kind, ref float x, nint xStride, ref float y, int features, int rowLength, nint rows) =>
        Run<Normalization>(ref statistics, kind, ref x, xStride, ref y, features, rowLength, rows);

    /// <summary>Rows of <c>(x − mean) / √(variance + ε)</c>.</summary>
    public static void Standardize(
        ref float statistics, float epsilon, ref float x, nint xStride, ref float y, int features, int rowLength, nint rows) =>
        Run<Normalization>(ref statistics, NormalizationKind.Standard, ref x, xStride, ref y, features, rowLength, rows, epsilon: epsilon);

    /// <summary>Rows of <c>x·scale + offset</c>.</summary>
    public static void Denormalize(
        ref float statistics, NormalizationKind kind, ref float x, nint xStride, ref float y, int features, int rowLength, nint rows) =>
        Run<Denormalization>(ref statistics, kind, ref x, xStride, ref y, features, rowLength, rows);

    /// <summary>Rows of the gradient of what was denormalized, <c>scale·dy</c>, or added to those that are there.</summary>
    public static void DenormalizeBackward(
        ref float statistics, NormalizationKind kind, ref float arriving, ref float below, int features, int rowLength, nint rows, bool accumulates = false) =>
        Run<Gradient>(ref statistics, kind, ref arriving, rowLength, ref below, features, rowLength, rows, accumulates);

    private static void Run<TFormula>(
        ref float statistics, NormalizationKind kind, ref float x, nint xStride, ref float y, int features, int rowLength, nint rows, bool accumulates = false,
        float epsilon = 0)
        where TFormula : struct, IFormula
    {
        ref var second = ref Unsafe.Add(ref statistics, rowLength);
        for (nint i = 0; i < features; i += Vector128<float>.Count)
        {
            var offset = Vector128.LoadUnsafe(ref statistics, (nuint)i);
            var scale = ScaleOf(kind, offset, Vector128.LoadUnsafe(ref second, (nuint)i) + Vector128.Create(epsilon));
            for (nint row = 0; row < rows; row++)
            {
                var values = Load(ref Unsafe.Add(ref x, row * xStride + i), features - i);
                ref var target = ref Unsafe.Add(ref y, row * rowLength + i);
                var result = TFormula.Of(values, offset, scale);
                (accumulates ? result + Vector128.LoadUnsafe(ref target) : result).StoreUnsafe(ref target);
            }
        }
    }

    /// <summary>So many floats at most: behind the last feature of a caller's memory there may be no memory.</summary>
    internal static Vector128<float> Load(ref float x, nint count) => count switch
    {
        >= 4 => Vector128.LoadUnsafe(ref x),
        1 => Vector128.CreateScalar(x),
        2 => Vector128.Create(x, Unsafe.Add(ref x, 1), 0, 0),
        _ => Vector128.Create(x, Unsafe.Add(ref x, 1), Unsafe.Add(ref x, 2), 0),
    };

    private static Vector128<float> ScaleOf(NormalizationKind kind, Vector128<float> first, Vector128<float> second) => Vector128.Max(
        kind == NormalizationKind.Standard ? Vector128.Sqrt(second) : second - first, Vector128.Create(SmallestScale));

    private readonly struct Normalization : IFormula
    {
        public static Vector128<float> Of(Vector128<float> x, Vector128<float> offset, Vector128<float> scale) => (x - offset) / scale;
    }

    private readonly struct Denormalization : IFormula
    {
        public static Vector128<float> Of(Vector128<float> x, Vector128<float> offset, Vector128<float> scale) => x * scale + offset;
    }

    private readonly struct Gradient : IFormula
    {
        public static Vector128<float> Of(Vector128<float> x, Vector128<float> offset, Vector128<float> scale) => x * scale;
    }
}
