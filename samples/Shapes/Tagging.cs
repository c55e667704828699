using NanoRnn;
using Samples;

namespace Shapes;

/// <summary>Reads a sequence in both directions.</summary>
[RnnModel(InputSize = 1)]
[Gru(16, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Dense(1, Activation = Activation.Sigmoid)]
public sealed partial class BothWaysTagger;

/// <summary>Knows at every step only what came before.</summary>
[RnnModel(InputSize = 1)]
[Gru(16, ReturnSequences = true)]
[Dense(1, Activation = Activation.Sigmoid)]
public sealed partial class ForwardTagger;

/// <summary>Many to many, of equal length: marks every bit that is part of a 1011, whose rest may still come.</summary>
public static class Tagging
{
    public const string Title = "Many to many: mark every bit that is part of a 1011";

    public const string Pattern = "1011";

    private const int TimeSteps = 40;
    private const int Epochs = 20;

    /// <summary>Trains a model that reads both ways and one that reads forward.</summary>
    /// <returns>The shares of bits of unseen sequences that each of them tags right.</returns>
    public static (double BothWays, double Forward) Run(TextWriter output)
    {
        var training = CreateBits(count: 2000, seed: 1);
        var test = CreateBits(count: 500, seed: 2);

        var bothWays = new BothWaysTagger(seed: 42);
        Train(new Trainer<BothWaysTagger>(bothWays, Options), training, output);
        output.WriteLine();
        var forward = new ForwardTagger(seed: 42);
        Train(new Trainer<ForwardTagger>(forward, Options), training, output);

        output.WriteLine();
        output.WriteLine($"bits     {Format(test.GetInput(0))}");
        output.WriteLine($"tags     {Format(test.GetTarget(0))}");
        output.WriteLine($"both     {Format(Tag(bothWays, test.GetInput(0)))}");
        output.WriteLine($"forward  {Format(Tag(forward, test.GetInput(0)))}");
        var rights = (BothWays: Measure(bothWays, test), Forward: Measure(forward, test));
        output.WriteLine();
        output.WriteLine($"Of {test.Count * TimeSteps} unseen bits right: both ways {rights.BothWays:P2}, forward {rights.Forward:P2}");
        return rights;
    }

    /// <summary>The tags of a sequence: 1 for each bit of a pattern.</summary>
    public static float[] GetTags(ReadOnlySpan<float> bits)
    {
        var tags = new float[bits.Length];
        var text = Format(bits);
        for (var i = text.IndexOf(Pattern, StringComparison.Ordinal); i >= 0; i = text.IndexOf(Pattern, i + 1, StringComparison.Ordinal))
            tags.AsSpan(i, Pattern.Length).Fill(1);
        return tags;
    }

    private static TrainerOptions Options => new()
    {
        Loss = Loss.BinaryCrossentropy,
        Optimizer = Optimizer.Adam(learningRate: 0.01f) with { GlobalClipNorm = 1 },
        BatchSize = 32,
        TimeSteps = TimeSteps,
    };

    private static void Train<TModel>(Trainer<TModel> trainer, SequenceDataset training, TextWriter output)
        where TModel : class, NanoRnn.CompilerServices.IRnnModel<TModel> =>
        trainer.Fit(training, Epochs, validation: null, new CosineDecay(), new ProgressBar(output));

    private static SequenceDataset CreateBits(int count, ulong seed)
    {
        var random = new RandomGenerator(seed);
        var (bits, tags) = (new float[count * TimeSteps], new float[count * TimeSteps]);
        foreach (ref var bit in bits.AsSpan())
            bit = random.NextInt(2);
        for (var i = 0; i < bits.Length; i += TimeSteps)
            GetTags(bits.AsSpan(i, TimeSteps)).CopyTo(tags, i);
        return new SequenceDataset(bits, tags, TimeSteps, inputSize: 1, targetSize: TimeSteps);
    }

    private static float[] Tag(ISequencePredictor<float> model, ReadOnlySpan<float> bits)
    {
        var tags = new float[bits.Length];
        model.Predict(bits, tags);
        return [.. tags.Select(tag => tag >= 0.5f ? 1f : 0f)];
    }

    private static double Measure(ISequencePredictor<float> model, SequenceDataset test)
    {
        var right = 0;
        for (var i = 0; i < test.Count; i++)
            right += Tag(model, test.GetInput(i)).Zip(test.GetTarget(i).ToArray()).Count(pair => pair.First == pair.Second);
        return (double)right / (test.Count * TimeSteps);
    }

    private static string Format(ReadOnlySpan<float> bits) => string.Concat(bits.ToArray().Select(bit => bit == 0 ? '0' : '1'));
}
