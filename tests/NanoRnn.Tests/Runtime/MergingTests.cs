using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Runtime;

/// <summary>Outputs of several layers as one, and the way back, against plain loops: rows of all lengths, tight and padded ones.</summary>
public class MergingTests
{
    private const int Rows = 5;

    /// <summary>What no call may read or change.</summary>
    private const float Untouched = 12345;

    private RandomGenerator _random = new(seed: 17);

    private delegate void Operation(ref float a, nint aStride, ref float b, nint bStride, ref float y, nint yStride, int features, nint rows);

    /// <summary>Features, and floats from one row to the next: of the two that are read, and of what is written.</summary>
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 1, 1, 4, 4 }, { 1, 4, 4, 4 }, { 3, 3, 3, 4 }, { 4, 4, 4, 4 }, { 5, 8, 8, 8 }, { 5, 5, 8, 8 }, { 5, 8, 5, 8 }, { 17, 32, 32, 32 }, { 17, 17, 32, 32 },
        { 21, 40, 32, 32 }, { 33, 48, 48, 48 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void OutputsAreThoseOfTheFormulas(int features, int aStride, int bStride, int yStride)
    {
        Check(Merging.Add, (a, b) => a + b);
        Check(Merging.Subtract, (a, b) => a - b);
        Check(Merging.Multiply, (a, b) => a * b);

        void Check(Operation operation, Func<float, float, float> formula)
        {
            var (a, b, y) = (Values(features, aStride), Values(features, bStride), Empty(yStride));
            operation(ref a[0], aStride, ref b[0], bStride, ref y[0], yStride, features, Rows);
            ForEach(features, (row, i) => Assert.Equal(formula(a[row * aStride + i], b[row * bStride + i]), y[row * yStride + i]));
            AssertEnds(y, features, yStride);

            // A sum of three is written over the sum of two.
            var before = (float[])y.Clone();
            operation(ref y[0], yStride, ref b[0], bStride, ref y[0], yStride, features, Rows);
            ForEach(features, (row, i) => Assert.Equal(formula(before[row * yStride + i], b[row * bStride + i]), y[row * yStride + i]));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SumsAreDivided(int features, int aStride, int bStride, int yStride)
    {
        _ = (aStride, bStride);
        var y = Values(features, yStride);
        var before = (float[])y.Clone();
        Merging.Divide(ref y[0], yStride, 3, features, Rows);
        ForEach(features, (row, i) => Assert.Equal(before[row * yStride + i] / 3, y[row * yStride + i]));
        AssertEnds(y, features, yStride);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GradientsAreThoseOfTheFormulas(int features, int factorStride, int stride, int belowStride)
    {
        foreach (var accumulates in new[] { false, true })
        {
            var (arriving, factor, below) = (Values(features, stride), Values(features, factorStride), Values(features, belowStride));
            var before = (float[])below.Clone();
            Merging.MultiplyBackward(
                ref arriving[0], stride, ref factor[0], factorStride, ref below[0], belowStride, features, Rows, accumulates);
            ForEach(features, (row, i) => Assert.Equal(
                Added(arriving[row * stride + i], factor[row * factorStride + i], before[row * belowStride + i], accumulates), below[row * belowStride + i]));
            AssertEnds(below, features, belowStride);

            before.CopyTo(below, 0);
            Merging.ScaleBackward(ref arriving[0], stride, -0.25f, ref below[0], belowStride, features, Rows, accumulates);
            ForEach(features, (row, i) => Assert.Equal(
                Added(arriving[row * stride + i], -0.25f, before[row * belowStride + i], accumulates), below[row * belowStride + i]));
            AssertEnds(below, features, belowStride);
        }

        static float Added(float a, float b, float before, bool accumulates) => accumulates ? float.FusedMultiplyAdd(a, b, before) : a * b;
    }

    /// <summary>The gradient of a slice: zeros beside it.</summary>
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 3, 4)]
    [InlineData(2, 3, 8)]
    [InlineData(7, 1, 8)]
    [InlineData(5, 12, 32)]
    [InlineData(15, 17, 32)]
    public void SlicesLieBetweenZeros(int start, int width, int stride)
    {
        var sourceStride = width + 3;
        var (source, target) = (Values(width, sourceStride), Values(stride, stride));
        RowOperations.CopyBetweenZeros(ref source[0], sourceStride, ref target[0], stride, start, width, Rows);
        ForEach(stride, (row, i) => Assert.Equal(i >= start && i < start + width ? source[row * sourceStride + i - start] : 0, target[row * stride + i]));
        AssertEnds(target, stride, stride);
    }

    private static void ForEach(int features, Action<int, int> check)
    {
        for (var row = 0; row < Rows; row++)
            for (var i = 0; i < features; i++)
                check(row, i);
    }

    /// <summary>What is behind the last feature of the last row is as it was: there the memory of the caller may end.</summary>
    private static void AssertEnds(float[] values, int features, int stride) =>
        Assert.Equal(-1, values.AsSpan((Rows - 1) * stride + features).IndexOfAnyExcept(Untouched));

    private static float[] Empty(int stride)
    {
        var values = new float[Rows * stride + 1];
        values.AsSpan().Fill(Untouched);
        return values;
    }

    private float[] Values(int features, int stride)
    {
        var values = Empty(stride);
        foreach (ref var value in values.AsSpan(0, (Rows - 1) * stride + features))
            value = _random.NextUniform(-1, 1);
        return values;
    }
}
