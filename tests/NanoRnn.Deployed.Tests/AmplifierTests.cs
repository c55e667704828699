using System.Text.Json;

namespace NanoRnn.Deployed.Tests;

/// <summary>The LSTM of Neural Amp Modeler's example as one class, beside its formula in double precision.</summary>
public sealed class AmplifierTests
{
    private const int Units = 3;
    private const int Steps = 4800;
    private const double Tolerance = 1e-6;

    [ModelsFact]
    public void GivesWhatTheFormulaSays()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(ModelsFactAttribute.PathOf("nam", "lstm.nam")));
        float[] weights = [.. file.RootElement.GetProperty("weights").EnumerateArray().Select(weight => weight.GetSingle())];
        var model = Create(weights);
        float[] input = [.. Enumerable.Range(0, Steps).Select(t => 0.6f * MathF.Sin(0.03f * t) + 0.3f * MathF.Sin(0.41f * t))];
        var expected = Formula(weights, input);
        var (whole, batch, stream) = (new float[Steps], new float[2 * Steps], new float[1]);

        model.Predict(input, whole);
        model.PredictBatch([.. input, .. input], Steps, batch);
        using var session = model.CreateSession();
        session.Step([1], stream);
        session.Reset();

        for (var t = 0; t < Steps; t++)
        {
            session.Step(input.AsSpan(t, 1), stream);
            Assert.Equal(expected[t], stream[0], Tolerance);
            Assert.Equal(stream[0], whole[t]);
            Assert.Equal(stream[0], batch[t]);
            Assert.Equal(stream[0], batch[Steps + t]);
        }
    }

    /// <summary>The file has, row by row, a matrix over the input and the output before, for the gates i, f, g and o; then bias, h, c, and the head.</summary>
    private static Amplifier Create(float[] weights)
    {
        var model = new Amplifier();
        var (kernel, recurrent) = (new float[4 * Units], new float[Units * 4 * Units]);
        for (var gate = 0; gate < 4 * Units; gate++)
        {
            kernel[gate] = weights[gate * (1 + Units)];
            for (var unit = 0; unit < Units; unit++)
                recurrent[unit * 4 * Units + gate] = weights[gate * (1 + Units) + 1 + unit];
        }

        var rest = weights.AsSpan(4 * Units * (1 + Units));
        model.Weights["lstm.kernel"].CopyFrom(kernel);
        model.Weights["lstm.recurrent_kernel"].CopyFrom(recurrent);
        model.Weights["lstm.bias"].CopyFrom(rest[..(4 * Units)]);
        model.Weights["lstm.initial_state"].CopyFrom(rest.Slice(4 * Units, 2 * Units));
        model.Weights["dense.kernel"].CopyFrom(rest.Slice(6 * Units, Units));
        model.Weights["dense.bias"].CopyFrom(rest.Slice(7 * Units, 1));
        return model;
    }

    private static double[] Formula(float[] weights, float[] input)
    {
        var rest = 4 * Units * (1 + Units);
        var h = weights.Skip(rest + 4 * Units).Take(Units).Select(value => (double)value).ToArray();
        var c = weights.Skip(rest + 5 * Units).Take(Units).Select(value => (double)value).ToArray();
        return [.. input.Select(Step)];

        double Step(float x)
        {
            var sums = Enumerable.Range(0, 4 * Units).Select(gate =>
                weights[rest + gate] + weights[gate * (1 + Units)] * (double)x
                + Enumerable.Range(0, Units).Sum(unit => weights[gate * (1 + Units) + 1 + unit] * h[unit])).ToArray();
            for (var unit = 0; unit < Units; unit++)
            {
                c[unit] = Sigmoid(sums[Units + unit]) * c[unit] + Sigmoid(sums[unit]) * Math.Tanh(sums[2 * Units + unit]);
                h[unit] = Sigmoid(sums[3 * Units + unit]) * Math.Tanh(c[unit]);
            }

            return weights[rest + 7 * Units] + Enumerable.Range(0, Units).Sum(unit => weights[rest + 6 * Units + unit] * h[unit]);
        }

        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }
}
