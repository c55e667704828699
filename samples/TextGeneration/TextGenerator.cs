using System.Text;
using NanoRnn;
using NanoRnn.CompilerServices;

namespace TextGeneration;

/// <summary>Learns the first nine tenths of a text, is measured by the last one, and writes more.</summary>
public static class TextGenerator
{
    private const double LearningRate = 0.01;
    private const int BatchSize = 16;
    private const int SequenceLength = 64;
    private const int ReadBefore = 1000;
    private const int WrittenLength = 300;

    /// <summary>Trains a model, measures it and lets it write.</summary>
    /// <typeparam name="TModel">The class of the model.</typeparam>
    /// <param name="text">The text.</param>
    /// <param name="learnTokens">How to cut it, from the part of it that is learnt.</param>
    /// <param name="model">A model with an output for each token.</param>
    /// <param name="createSession">A new session of the model.</param>
    /// <param name="epochs">How often to go through what is learnt.</param>
    /// <param name="reference">What to compare the result with.</param>
    /// <param name="output">Receives what is found and written.</param>
    /// <param name="isLive">Whether progress is drawn over itself.</param>
    /// <returns>Bits per character on the last tenth.</returns>
    public static double Run<TModel>(
        string text, Func<string, TextTokens> learnTokens, TModel model, Func<TokenStep> createSession, int epochs, string reference,
        TextWriter output, bool isLive = false)
        where TModel : class, IRnnModel<TModel>
    {
        var cut = (int)(text.Length * 9L / 10);
        var (training, test) = (text[..cut], text[cut..]);
        var tokens = learnTokens(training);
        var learnt = tokens.Encode(training);
        output.WriteLine($"{training.Length} characters to learn from, {learnt.Length} tokens; {test.Length} characters to test with.");
        Train(model, learnt, epochs, new ProgressBar(output, isLive));
        var before = training[^ReadBefore..];
        var bits = MeasureBits(createSession(), tokens, before, test);
        output.WriteLine();
        output.WriteLine($"Unseen text: {bits:F3} bits per character; {reference}");
        foreach (var temperature in (double[])[0.4, 0.7, 1])
        {
            var sampler = new TokenSampler(tokens.Count, seed: 1) { Temperature = temperature, FirstToken = Vocabulary.Unknown + 1 };
            output.WriteLine();
            output.WriteLine($"Temperature {temperature}:");
            output.WriteLine(Write(createSession(), tokens, sampler, before, WrittenLength));
        }

        return bits;
    }

    /// <summary>The text goes by in lanes, in which states go on from batch to batch.</summary>
    private static void Train<TModel>(TModel model, int[] tokens, int epochs, ProgressBar progress)
        where TModel : class, IRnnModel<TModel>
    {
        var windows = new WindowOptions { SequenceLength = SequenceLength, SequenceStride = SequenceLength, TargetPerStep = true };
        var lanes = SequenceDataset.FromWindows(tokens, windows).InLanes(BatchSize);
        using var trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy,
            Optimizer = Optimizer.Adam(LearningRate, epsilon: 1e-8) with
            {
                GlobalClipNorm = 1,
                LearningRateSchedule = LearningRateSchedule.CosineDecay(LearningRate, epochs * lanes.Count / BatchSize),
            },
            BatchSize = BatchSize,
            TimeSteps = SequenceLength,
            CarryState = true,
            Shuffle = false,
            Threads = Math.Min(Environment.ProcessorCount, 2),
        });
        trainer.Fit(lanes, epochs, validation: null, progress);
    }

    /// <summary>How many bits per character it takes to tell a text to who knows the probabilities, after a text before it.</summary>
    private static double MeasureBits(TokenStep step, TextTokens tokens, string before, string text)
    {
        var probabilities = Read(step, tokens, before);
        var bits = 0.0;
        foreach (var token in tokens.Encode(text))
        {
            bits -= Math.Log2(probabilities[token]);
            step([token], probabilities);
        }

        return bits / text.Length;
    }

    /// <summary>Writes what comes after a text.</summary>
    private static string Write(TokenStep step, TextTokens tokens, TokenSampler sampler, string before, int length)
    {
        var probabilities = Read(step, tokens, before);
        var written = new StringBuilder();
        while (written.Length < length)
        {
            var token = sampler.Sample(probabilities);
            written.Append(tokens.Decode(token));
            step([token], probabilities);
        }

        return written.ToString();
    }

    /// <summary>Brings a session to where training would be after a text: states that begin with zeros were rare there.</summary>
    /// <returns>The probabilities of each token to follow.</returns>
    private static float[] Read(TokenStep step, TextTokens tokens, string text)
    {
        var probabilities = new float[tokens.Count];
        foreach (var token in tokens.Encode(text))
            step([token], probabilities);
        return probabilities;
    }
}
