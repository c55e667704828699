using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn.Tests.Runtime;

/// <summary>Products with transposed kernels against plain sums in double.</summary>
public class MatrixProductTests
{
    private const int Batch = 7;
    private const int FirstSlot = 3;

    private RandomGenerator _random = new(seed: 13);

    /// <param name="units">Units that the kernel feeds.</param>
    /// <param name="maps">Maps that it feeds.</param>
    /// <param name="rows">Rows of the kernel: columns of the transposed one.</param>
    /// <param name="dotColumns">How many of the columns are dot products.</param>
    [Theory]
    [InlineData(50, 4, 50, 2)]
    [InlineData(50, 3, 50, 0)]
    [InlineData(64, 4, 17, 1)]
    [InlineData(17, 4, 99, 3)]
    [InlineData(33, 2, 68, 4)]
    [InlineData(31, 5, 20, 4)]
    [InlineData(16, 4, 65, 1)]
    [InlineData(150, 1, 34, 2)]
    [InlineData(5, 4, 5, 0)]
    [InlineData(3, 4, 3, 0)]
    [InlineData(40, 1, 24, 0)]
    public void RowsThroughMapsAreTheSumsOfTheKernel(int units, int maps, int rows, int dotColumns)
    {
        var (lanes, factorLanes) = (Padded(rows), Padded(units));
        var slots = FirstSlot + (rows * maps);
        var weights = Random(factorLanes * slots);
        var columns = dotColumns > 0 ? rows - dotColumns : lanes;
        var transposed = Random((maps * units * columns) + (dotColumns * maps * factorLanes));
        var stride = (maps * factorLanes) + 16;
        var factors = Random(Batch * stride);
        for (var row = 0; row < Batch; row++)
            for (var map = 0; map < maps; map++)
                factors.AsSpan((row * stride) + (map * factorLanes) + units, factorLanes - units).Fill(float.NaN);

        Transposition.Run(in weights[0], ref transposed[0], units, slots, FirstSlot, rows, maps, columns, dotColumns);
        foreach (var accumulates in new[] { false, true })
        {
            var target = Random(Batch * lanes);
            var before = (float[])target.Clone();
            MatrixProduct.RowsThroughMaps(
                ref factors[0], stride, factorLanes, ref transposed[0], ref target[0], Batch, lanes, columns, dotColumns, units, maps, accumulates);
            for (var row = 0; row < Batch; row++)
            {
                for (var column = 0; column < rows; column++)
                {
                    var expected = accumulates ? before[(row * lanes) + column] : 0.0;
                    for (var map = 0; map < maps; map++)
                        for (var unit = 0; unit < units; unit++)
                            expected += (double)factors[(row * stride) + (map * factorLanes) + unit] * weights[Index(unit, FirstSlot + (column * maps) + map)];
                    Assert.Equal(expected, target[(row * lanes) + column], 2e-5);
                }

                var padding = int.Min(lanes, (rows + 3) / 4 * 4);
                for (var column = rows; column < padding; column++)
                    Assert.Equal(accumulates ? before[(row * lanes) + column] : 0, target[(row * lanes) + column]);
            }
        }

        int Index(int unit, int slot)
        {
            var block = unit / 16 * 16;
            var blockLanes = units - block <= 4 ? 4 : units - block <= 8 ? 8 : 16;
            return (block * slots) + (slot * blockLanes) + unit - block;
        }
    }

    /// <summary>The gradient that dense layers of few units hand down, which others may have handed down before.</summary>
    /// <param name="lanes">Floats of a row.</param>
    /// <param name="factors">Units.</param>
    [Theory]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    [InlineData(8, 2)]
    [InlineData(16, 4)]
    [InlineData(48, 3)]
    [InlineData(80, 1)]
    public void RowsAreTheSumsOfTheKernel(int lanes, int factors)
    {
        var stride = factors + 3;
        var (a, kernel) = (Random(Batch * stride), Random(factors * lanes));
        foreach (var accumulates in new[] { false, true })
        {
            var target = Random(Batch * lanes);
            var before = (float[])target.Clone();
            MatrixProduct.Rows(ref a[0], stride, ref kernel[0], ref target[0], Batch, lanes, factors, accumulates);
            for (var i = 0; i < target.Length; i++)
            {
                var expected = accumulates ? before[i] : 0.0;
                for (var factor = 0; factor < factors; factor++)
                    expected += (double)a[i / lanes * stride + factor] * kernel[factor * lanes + i % lanes];
                Assert.Equal(expected, target[i], 1e-6);
            }
        }
    }

    private static int Padded(int count) => count <= 4 ? 4 : count <= 8 ? 8 : (count + 15) / 16 * 16;

    private float[] Random(int count)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = _random.NextUniform(-1, 1);
        return values;
    }
}
