using NanoRnn;
using Samples;

namespace Translation;

/// <summary>Learns from pairs of dates, and counts how many unseen ones are right to the last character.</summary>
public static class DateTranslation
{
    public const int BeamWidth = 4;

    private const int TrainingCount = 30_000;
    private const int TestCount = 1000;

    /// <summary>Trains a model and tests it.</summary>
    /// <returns>The model, and which shares of the unseen dates it translates without a mistake.</returns>
    public static TranslationResult Run(int epochs, TextWriter output, bool isLive = false)
    {
        var (training, test) = DatePair.Create(TrainingCount, TestCount, seed: 1);
        output.WriteLine(DateTranslator.Summary);
        var model = new DateTranslator(seed: 42);
        var trainer = new Trainer<DateTranslator>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy,
            Optimizer = Optimizer.Adam(learningRate: 2e-3f) with { GlobalClipNorm = 1 },
            BatchSize = 32,
            TimeSteps = WrittenDate.MaxLength,
            TargetSteps = DateTokens.IsoSteps,
        });
        trainer.Fit(
            DatePair.ToDataset(training), epochs, validation: null,
            new CosineDecay(), new ProgressBar(output, isLive));

        output.WriteLine();
        foreach (var pair in test.AsSpan(0, 8))
            output.WriteLine($"{pair.Written,-31} {model.Translate(pair.Written)}");
        var result = new TranslationResult(model, CountExact(model, test, 1), CountExact(model, test, BeamWidth), test);
        output.WriteLine();
        output.WriteLine($"Of {test.Length} unseen dates exact, greedily:    {result.GreedyExact}");
        output.WriteLine($"Of {test.Length} unseen dates exact, {BeamWidth} in a beam: {result.BeamExact}");
        return result;
    }

    private static int CountExact(DateTranslator model, DatePair[] pairs, int beamWidth) =>
        pairs.Count(pair => model.Translate(pair.Written, beamWidth) == pair.Iso);
}
