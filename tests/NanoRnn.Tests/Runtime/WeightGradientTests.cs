using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn.Tests.Runtime;

/// <summary>Weight gradients of small blocks with lanes along the rows of the kernel: the bits of those with lanes along the units.</summary>
public class WeightGradientTests
{
    private RandomGenerator _random = new(seed: 11);

    [Theory]
    [InlineData(50, 4, 4, 2, 320)]
    [InlineData(50, 3, 4, 4, 288)]
    [InlineData(9, 1, 4, 1, 1)]
    [InlineData(16, 2, 8, 5, 127)]
    [InlineData(64, 4, 8, 8, 128)]
    [InlineData(65, 1, 4, 3, 129)]
    [InlineData(133, 5, 8, 7, 257)]
    [InlineData(17, 4, 4, 1, 0)]
    public void TailKernelGivesTheBitsOfKernel(int rows, int maps, int lanes, int units, int terms)
    {
        const int DeltaMap = 24;
        var sourceStride = (rows + 15) / 16 * 16;
        var deltaStride = (maps * DeltaMap) + 16;
        var (source, deltas) = (Random((terms * sourceStride) + sourceStride), Random((terms * deltaStride) + deltaStride));

        // What lies behind the rows and the units is anything, but where lanes run along the units their gradients are zero.
        for (var term = 0; term < terms; term++)
        {
            source.AsSpan((term * sourceStride) + rows, sourceStride - rows).Fill(float.NaN);
            for (var map = 0; map < maps; map++)
                deltas.AsSpan((term * deltaStride) + (map * DeltaMap) + units, lanes - units).Clear();
        }

        foreach (var accumulates in new[] { false, true })
        {
            var before = Random(rows * maps * lanes);
            for (var i = 0; i < before.Length; i++)
                before[i] = i % lanes < units ? before[i] : 0;
            var (expected, actual) = ((float[])before.Clone(), (float[])before.Clone());
            WeightGradient.Kernel(
                ref source[0], sourceStride, ref deltas[0], deltaStride, DeltaMap,
                ref expected[0], maps * lanes, lanes, rows, maps, lanes, terms, accumulates);
            WeightGradient.TailKernel(
                ref source[0], sourceStride, ref deltas[0], deltaStride, DeltaMap, ref actual[0], rows, maps, lanes, units, terms, accumulates);
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
        }
    }

    private float[] Random(int count)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = _random.NextUniform(-1, 1);
        return values;
    }
}
