namespace NanoRnn.Reduced.Tests;

/// <summary>One layer without activations whose kernels are 8-bit integers, computed plainly, from the weights of floats.</summary>
internal sealed class ReferenceInt8Layer(WeightCollection weights, string name, int units)
{
    private float[] _h = new float[units];
    private readonly float[] _c = new float[units];

    public float[] StepRnn(float[] x) => _h = Add("recurrent_kernel", Add("kernel", Bias(), x), _h);

    public float[] StepDense(float[] x) => Add("kernel", Bias(), x);

    public float[] StepLstm(float[] x)
    {
        var sums = Add("recurrent_kernel", Add("kernel", Bias(), x), _h);
        return _h = EachUnit(unit =>
        {
            var (i, f, g, o) = (sums[unit], sums[units + unit], sums[2 * units + unit], sums[3 * units + unit]);
            _c[unit] = MathF.FusedMultiplyAdd(i, g, f * _c[unit]);
            return o * _c[unit];
        });
    }

    public float[] StepGru(float[] x)
    {
        var bias = weights[name + ".bias"].ToArray();
        var columns = 3 * units;

        // The gates start at both of their biases, the candidate's two sums at one each.
        var start = Enumerable.Range(0, columns).Select(i => i < 2 * units ? bias[i] + bias[columns + i] : bias[i]).ToArray();
        var sums = Add("kernel", start, x);
        var recurrent = Add("recurrent_kernel", [.. sums[..(2 * units)], .. bias[(columns + 2 * units)..]], _h);
        return _h = EachUnit(unit => NextGru(
            unit, recurrent[unit], MathF.FusedMultiplyAdd(recurrent[units + unit], recurrent[2 * units + unit], sums[2 * units + unit])));
    }

    public float[] StepGruResetBefore(float[] x)
    {
        var start = Add("kernel", Bias(), x);
        var sums = Add("recurrent_kernel", start, _h);
        var kept = EachUnit(unit => sums[units + unit] * _h[unit]);
        var candidates = Add("recurrent_kernel", start, kept)[(2 * units)..];
        return _h = EachUnit(unit => NextGru(unit, sums[unit], candidates[unit]));
    }

    private float NextGru(int unit, float update, float candidate) =>
        MathF.FusedMultiplyAdd(1 - update, candidate, update * _h[unit]);

    private float[] Bias() => weights[name + ".bias"].ToArray();

    private float[] EachUnit(Func<int, float> compute) => [.. Enumerable.Range(0, units).Select(compute)];

    /// <summary>Adds the product of a vector with a kernel to sums. A kernel with fewer than four rows has floats.</summary>
    private float[] Add(string kernelName, float[] sums, float[] vector)
    {
        var kernel = weights[$"{name}.{kernelName}"];
        var (integers, unit) = ReferenceInt8.Quantize(vector, ReferenceInt8.BitsFor(vector.Length));
        return [.. sums.Select((sum, column) =>
        {
            float[] elements = [.. Enumerable.Range(0, vector.Length).Select(row => kernel[row, column])];
            if (vector.Length < 4)
                return elements.Zip(vector).Aggregate(sum, (total, pair) => MathF.FusedMultiplyAdd(pair.Second, pair.First, total));
            var (rounded, scale) = ReferenceInt8.QuantizeColumn(elements);
            var exact = rounded.Zip(integers).Sum(pair => (long)pair.First * pair.Second);
            return sum + (float)(int)exact * scale * unit;
        })];
    }
}
