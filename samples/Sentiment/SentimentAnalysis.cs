using NanoRnn;
using Samples;

namespace Sentiment;

/// <summary>Learns from nine tenths of the reviews, tests with the others, and judges sentences.</summary>
public static class SentimentAnalysis
{
    /// <summary>Of unseen sentences, by a convolutional network that knew no vectors before: Kim 2014, CNN-rand, mean of ten folds.</summary>
    public const double Reference = 0.761;

    private const double LearningRate = 0.002;
    private const int BatchSize = 32;

    /// <summary>Trains a model, tests it and lets it judge.</summary>
    /// <param name="reviews">All reviews.</param>
    /// <param name="seed">Decides which reviews are for the test, and the weights at first.</param>
    /// <param name="epochs">How often to go through the others.</param>
    /// <param name="sentences">What to judge afterwards.</param>
    /// <param name="output">Receives what is found.</param>
    /// <param name="isLive">Whether progress is drawn over itself.</param>
    /// <returns>The share of unseen reviews that were judged right.</returns>
    public static double Run(Review[] reviews, int seed, int epochs, IReadOnlyList<string> sentences, TextWriter output, bool isLive = false)
    {
        var (training, test) = Review.Split(reviews, seed);
        var vocabulary = Vocabulary.FromTexts(
            training.Select(review => review.Text), new VocabularyOptions { NGrams = 2, MaxTokens = SentimentModel.VocabularySize });
        output.WriteLine(SentimentModel.Summary);
        output.WriteLine($"{training.Length} reviews to learn from, {vocabulary.Count} words and pairs; {test.Length} reviews to test with.");
        var model = new SentimentModel(seed);
        using var trainer = new Trainer<SentimentModel>(model, new TrainerOptions
        {
            Loss = Loss.BinaryCrossentropy,
            Optimizer = Optimizer.AdamW(LearningRate, weightDecay: 2) with
            {
                LearningRateSchedule = LearningRateSchedule.CosineDecay(LearningRate, epochs * training.Chunk(BatchSize).Count()),
            },
            BatchSize = BatchSize,
            TimeSteps = SentimentModel.MaxTerms,
            Metrics = [Metric.Accuracy],
            Seed = seed,
        });
        trainer.Fit(Review.ToDataset(training, vocabulary), epochs, validation: null, new ProgressBar(output, isLive));
        trainer.Evaluate(Review.ToDataset(test, vocabulary), out var metrics);
        output.WriteLine();
        output.WriteLine($"Right: {metrics["accuracy"]:P1} of {test.Length} unseen reviews; {Reference:P1} in Kim 2014 (CNN-rand)");
        output.WriteLine();
        Span<float> favourable = stackalloc float[SentimentModel.OutputSize];
        foreach (var sentence in sentences)
        {
            model.Predict(vocabulary.Encode(sentence), favourable);
            output.WriteLine($"{favourable[0],6:P0} in favour: {sentence}");
        }

        return metrics["accuracy"];
    }
}
