using NanoRnn.CompilerServices;

namespace NanoRnn.Reduced;

internal delegate IReadOnlyDictionary<string, float[]> Activity<TModel>(TModel model, ModelLayout layout);

internal delegate void StepCall<TInput>(ReadOnlySpan<TInput> x, Span<float> y);

internal delegate int GenerateCall(ReadOnlySpan<float> source, Span<int> output, int beamWidth = 1);

/// <summary>All ways to use a model, over inputs that are always the same.</summary>
internal static class Activities
{
    // More sequences and steps than a model takes at a time, 16.
    private const int Rows = 17;
    private const int TimeSteps = 19;
    private static readonly int[] BatchSizes = [1, 4, 5, 7, 15, 16, 17];

    /// <summary>Sequences one by one, side by side, of different lengths, and step by step if the model can be streamed.</summary>
    public static IReadOnlyDictionary<string, float[]> Predict(ISequencePredictor<float> model, ModelLayout layout, StepCall<float>? step) =>
        Predict(model, layout, Floats(layout.InputSize), step);

    /// <summary>The same for tokens.</summary>
    public static IReadOnlyDictionary<string, float[]> Predict(ISequencePredictor<int> model, ModelLayout layout, StepCall<int>? step)
    {
        var random = new RandomGenerator(5);
        var tokens = new int[Rows * TimeSteps];
        foreach (ref var token in tokens.AsSpan())
            token = random.NextInt(layout.Vocabulary);
        return Predict(model, layout, tokens, step);
    }

    /// <summary>What a decoder makes, greedily and with a beam.</summary>
    public static IReadOnlyDictionary<string, float[]> Generate(GenerateCall generate, ModelLayout layout)
    {
        var sources = Floats(layout.InputSize);
        var length = TimeSteps * layout.InputSize;
        var results = new List<float>();
        for (var row = 0; row < Rows; row++)
        {
            for (var beamWidth = 1; beamWidth <= 3; beamWidth += 2)
            {
                var output = new int[12];
                results.Add(generate(sources.AsSpan(row * length, length), output, beamWidth));
                results.AddRange(output.Select(token => (float)token));
            }
        }

        return new Dictionary<string, float[]> { ["generate"] = [.. results] };
    }

    private static float[] Floats(int inputSize)
    {
        var random = new RandomGenerator(5);
        var inputs = new float[Rows * TimeSteps * inputSize];
        foreach (ref var input in inputs.AsSpan())
            input = random.NextUniform(-1.5f, 1.5f);

        // A step that a mask skips, and one with the masked value in its first feature alone.
        inputs.AsSpan(3 * inputSize, inputSize).Fill(0.5f);
        inputs[5 * inputSize] = 0.5f;
        return inputs;
    }

    private static Dictionary<string, float[]> Predict<TInput>(
        ISequencePredictor<TInput> model, ModelLayout layout, TInput[] inputs, StepCall<TInput>? step)
        where TInput : unmanaged
    {
        var results = new Dictionary<string, float[]>();
        var (sequence, steps) = (TimeSteps * layout.InputSize, layout.ReturnsSequences ? TimeSteps : 1);
        var size = layout.OutputSize * (layout.OutputSteps > 0 ? layout.OutputSteps : steps);
        var single = results["predict"] = new float[Rows * size];
        for (var row = 0; row < Rows; row++)
            model.Predict(inputs.AsSpan(row * sequence, sequence), single.AsSpan(row * size, size));
        foreach (var rows in BatchSizes)
        {
            var batch = results[$"batch of {rows}"] = new float[rows * size];
            model.PredictBatch(inputs.AsSpan(0, rows * sequence), TimeSteps, batch);
        }

        var lengths = Enumerable.Range(1, Rows).ToArray();
        model.PredictBatch(inputs, TimeSteps, lengths, results["lengths"] = new float[Rows * size]);
        if (step is null)
            return results;
        var streamed = results["step"] = new float[TimeSteps * layout.OutputSize];
        for (var t = 0; t < TimeSteps; t++)
            step(inputs.AsSpan(t * layout.InputSize, layout.InputSize), streamed.AsSpan(t * layout.OutputSize, layout.OutputSize));
        return results;
    }
}
