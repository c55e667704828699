using NanoRnn;
using Samples;

namespace Shapes;

/// <summary>
/// Many to one and one to many: a model of a language learns what may come next, after the whole of a beginning, and then writes strings
/// of its own from one symbol.
/// </summary>
public static class Reber
{
    public const string Title = "Many to one, one to many: learn a grammar from its strings, then write some";

    private const int MaxLength = 32;
    private const int TrainingCount = 8000;
    private const int TestCount = 500;
    private const int Epochs = 20;

    public static ReberResult Run(TextWriter output)
    {
        var random = new RandomGenerator(seed: 1);
        var training = CreateStrings(TrainingCount, ref random);
        var known = training.ToHashSet();
        var unseen = CreateStrings(TestCount, ref random, text => !known.Contains(text));
        output.WriteLine($"{training.Length} strings to learn from, {known.Count} of them different; {unseen.Length} others to test with.");

        var model = new ReberModel(seed: 42);
        var trainer = new Trainer<ReberModel>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy,
            Optimizer = Optimizer.Adam(learningRate: 0.01f) with { GlobalClipNorm = 1 },
            BatchSize = 32,
            TimeSteps = MaxLength,
        });
        trainer.Fit(
            CreateDataset(training), Epochs, validation: null, new CosineDecay(), new ProgressBar(output));

        var (positions, right, worst) = Measure(model, unseen);
        output.WriteLine();
        output.WriteLine($"Positions of unseen strings: {positions}; the likeliest symbols are just the legal ones at {right}.");
        output.WriteLine($"Most that symbols which are not legal had together: {worst:P2}");

        // What the model holds for improbable would be a mistake now and then.
        var sampler = new TokenSampler(ReberModel.OutputSize, seed: 1) { TopP = 0.9 };
        var written = new string[1000];
        for (var i = 0; i < written.Length; i++)
            written[i] = model.Generate(sampler, maxLength: 200);
        var result = new ReberResult(model, unseen, positions, right, worst, written);
        output.WriteLine();
        output.WriteLine($"Wrote {written.Length} strings, {written.Distinct().Count()} different ones; the grammar accepts {written.Count(ReberGrammar.Accepts)}:");
        foreach (var text in written.AsSpan(0, 5))
            output.WriteLine($"  {text}");
        return result;
    }

    private static string[] CreateStrings(int count, ref RandomGenerator random, Predicate<string>? isWanted = null)
    {
        var strings = new string[count];
        for (var i = 0; i < count;)
        {
            var text = ReberGrammar.Create(ref random);
            if (text.Length <= MaxLength && isWanted?.Invoke(text) != false)
                strings[i++] = text;
        }

        return strings;
    }

    /// <summary>At every step the symbol, and as the target the one after it.</summary>
    private static SequenceDataset CreateDataset(string[] strings)
    {
        var (tokens, targets) = (new int[strings.Length * MaxLength], new int[strings.Length * MaxLength]);
        for (var i = 0; i < strings.Length; i++)
        {
            Encode(strings[i]).CopyTo(tokens, i * MaxLength);
            Encode($"{strings[i][1..]}{ReberGrammar.End}").CopyTo(targets, i * MaxLength);
        }

        return new SequenceDataset(tokens, targets, MaxLength, targetSize: MaxLength, strings.Select(text => text.Length).ToArray());
    }

    private static int[] Encode(string text) => [.. text.Select(symbol => ReberGrammar.Symbols.IndexOf(symbol, StringComparison.Ordinal))];

    /// <summary>At how many positions the k likeliest symbols are the k legal ones, and the largest sum of probabilities of others.</summary>
    private static (int Positions, int Right, double Worst) Measure(ReberModel model, string[] strings)
    {
        var (positions, right, worst) = (0, 0, 0.0);
        foreach (var text in strings)
        {
            var outputs = new float[text.Length * ReberModel.OutputSize];
            model.Predict(Encode(text), outputs);
            for (var i = 0; i < text.Length; i++)
            {
                var legal = ReberGrammar.GetLegal(text[..(i + 1)]);
                var ranked = ReberGrammar.Symbols.Zip(outputs.Skip(i * ReberModel.OutputSize)).OrderByDescending(pair => pair.Second).ToArray();
                positions++;
                if (ranked.Take(legal.Length).All(pair => legal.Contains(pair.First)))
                    right++;
                worst = Math.Max(worst, ranked.Where(pair => !legal.Contains(pair.First)).Sum(pair => pair.Second));
            }
        }

        return (positions, right, worst);
    }
}
