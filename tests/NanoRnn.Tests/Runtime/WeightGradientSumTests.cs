using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn.Tests.Runtime;

/// <summary>Weight gradients against plain sums in double, of numbers of terms around one part of 128 and two.</summary>
public class WeightGradientSumTests
{
    private const double Tolerance = 2e-5;

    private RandomGenerator _random = new(seed: 17);

    public static TheoryData<int, int, bool> Kernels
    {
        get
        {
            var cases = new TheoryData<int, int, bool>();
            foreach (var terms in new[] { 1, 127, 128, 129, 256, 257, 300 })
                foreach (var lanes in new[] { 4, 8, 16 })
                    foreach (var accumulates in new[] { false, true })
                        cases.Add(terms, lanes, accumulates);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void KernelIsTheSumOfAllTerms(int terms, int lanes, bool accumulates)
    {
        const int Rows = 7;
        const int Panels = 5;
        var (sourceStride, deltaStride, deltaPanel) = (Rows + 1, Panels * (lanes + 4), lanes + 4);
        var (source, deltas, target) = (Random(terms * sourceStride), Random(terms * deltaStride), Random(Rows * Panels * lanes));
        var before = (float[])target.Clone();

        WeightGradient.Kernel(
            ref source[0], sourceStride, ref deltas[0], deltaStride, deltaPanel,
            ref target[0], Panels * lanes, lanes, Rows, Panels, lanes, terms, accumulates);

        for (var i = 0; i < target.Length; i++)
        {
            var (row, panel, lane) = (i / (Panels * lanes), i / lanes % Panels, i % lanes);
            AssertSum(
                before[i], accumulates, terms, target[i],
                term => (double)source[(term * sourceStride) + row] * deltas[(term * deltaStride) + (panel * deltaPanel) + lane]);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void TailKernelIsTheSumOfAllTerms(int terms, int lanes, bool accumulates)
    {
        const int Rows = 70;
        const int Maps = 3;
        const int DeltaMap = 24;
        var units = lanes - 1;
        var (sourceStride, deltaStride) = ((Rows + 15) / 16 * 16, Maps * DeltaMap);
        var (source, deltas, target) = (Random(terms * sourceStride), Random(terms * deltaStride), Random(Rows * Maps * lanes));
        var before = (float[])target.Clone();

        WeightGradient.TailKernel(
            ref source[0], sourceStride, ref deltas[0], deltaStride, DeltaMap, ref target[0], Rows, Maps, lanes, units, terms, accumulates);

        for (var i = 0; i < target.Length; i++)
        {
            var (row, map, unit) = (i / (Maps * lanes), i / lanes % Maps, i % lanes);
            if (unit == units)
            {
                Assert.Equal(before[i], target[i]);
                continue;
            }

            AssertSum(
                before[i], accumulates, terms, target[i],
                term => (double)source[(term * sourceStride) + row] * deltas[(term * deltaStride) + (map * DeltaMap) + unit]);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void DotKernelIsTheSumOfAllTerms(int terms, int lastLanes, bool accumulates)
    {
        const int Units = 3;
        const int DeltaStride = Units + 2;
        var (lanes, features) = (32 + lastLanes, 32 + lastLanes - 1);
        var stride = lanes + 4;
        var (source, deltas, target) = (Random(terms * stride), Random(terms * DeltaStride), Random(Units * stride));
        for (var term = 0; term < terms; term++)
            source.AsSpan((term * stride) + features, stride - features).Fill(float.NaN);
        var before = (float[])target.Clone();

        WeightGradient.DotKernel(ref deltas[0], DeltaStride, ref source[0], ref target[0], stride, lanes, features, Units, terms, accumulates);

        for (var i = 0; i < target.Length; i++)
        {
            var (unit, feature) = (i / stride, i % stride);
            if (feature >= features)
                Assert.Equal(feature < lanes ? 0 : before[i], target[i]);
            else
                AssertSum(
                    before[i], accumulates, terms, target[i],
                    term => (double)source[(term * stride) + feature] * deltas[(term * DeltaStride) + unit]);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void BiasesAreTheSumOfAllTerms(int terms, int lanes, bool accumulates)
    {
        const int Biases = 4;
        var (deltaStride, deltaPanel) = (Biases * (lanes + 4), lanes + 4);
        var (deltas, target) = (Random(terms * deltaStride), Random(Biases * lanes));
        var before = (float[])target.Clone();

        WeightGradient.Biases(ref deltas[0], deltaStride, deltaPanel, ref target[0], Biases, lanes, terms, accumulates);

        for (var i = 0; i < target.Length; i++)
            AssertSum(
                before[i], accumulates, terms, target[i], term => deltas[(term * deltaStride) + (i / lanes * deltaPanel) + (i % lanes)]);
    }

    private static void AssertSum(float before, bool accumulates, int terms, float found, Func<int, double> term)
    {
        var sum = accumulates ? before : 0.0;
        for (var i = 0; i < terms; i++)
            sum += term(i);
        Assert.Equal(sum, found, Tolerance);
    }

    private float[] Random(int count)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = _random.NextUniform(-1, 1);
        return values;
    }
}
