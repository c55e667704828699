using System.Runtime.InteropServices;

namespace NanoRnn.Behaviour.Tests;

/// <summary>One model may predict on many threads at once.</summary>
public class ThreadTests
{
    private const int Threads = 8;
    private const int Sequences = 48;
    private const int TimeSteps = 9;
    private const int Rounds = 10;

    [Theory]
    [InlineData(nameof(Forecaster))]
    [InlineData(nameof(Tagger))]
    [InlineData(nameof(ThreeDeep))]
    [InlineData(nameof(ManyClasses))]
    public void EightThreadsPredictAsOne(string name)
    {
        var model = TestModels.Create(name, seed: 21);
        var samples = new Samples(model, Sequences, TimeSteps);
        var expected = new float[Sequences * samples.TargetSize];
        model.PredictBatch(samples.Inputs, TimeSteps, expected);

        using var start = new Barrier(Threads);
        var results = new float[Threads][];
        var threads = new Thread[Threads];
        for (var i = 0; i < Threads; i++)
        {
            var index = i;
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                for (var round = 0; round < Rounds; round++)
                    results[index] = Predict(model, samples, index + round);
            });
            threads[i].Start();
        }

        foreach (var thread in threads)
            thread.Join();
        Assert.All(results, result => Assert.Equal(ToBits(expected), ToBits(result)));
    }

    /// <summary>In turn one by one, in one batch, and step by step.</summary>
    private static float[] Predict(TestModel model, Samples samples, int round)
    {
        var outputs = new float[samples.Count * samples.TargetSize];
        if (round % 3 == 0)
        {
            model.PredictBatch(samples.Inputs, TimeSteps, outputs);
            return outputs;
        }

        for (var row = 0; row < samples.Count; row++)
        {
            var input = samples.InputsOf(row, 1);
            var output = outputs.AsSpan(row * samples.TargetSize, samples.TargetSize);
            if (round % 3 == 1)
                model.Predict(input, output);
            else
                StepThrough(model, input, output);
        }

        return outputs;
    }

    private static void StepThrough(TestModel model, ReadOnlySpan<float> input, Span<float> output)
    {
        var step = model.OpenSession();
        var (inputSize, outputSize) = (model.Layout.InputSize, model.Layout.OutputSize);
        for (var t = 0; t < TimeSteps; t++)
        {
            var y = model.Layout.ReturnsSequences ? output.Slice(t * outputSize, outputSize) : output;
            step(input.Slice(t * inputSize, inputSize), y);
        }
    }

    private static int[] ToBits(float[] values) => MemoryMarshal.Cast<float, int>(values).ToArray();
}
