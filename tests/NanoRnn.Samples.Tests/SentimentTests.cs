using System.Globalization;
using global::Samples;
using Sentiment;

namespace NanoRnn.Samples.Tests;

public class SentimentTests
{
    private const int Epochs = 5;

    private static readonly Review[] Reviews = Review.Load(PathOf("rt-polarity.pos"), PathOf("rt-polarity.neg"));

    [Fact]
    public void JudgesUnseenReviewsAndSentences()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        string[] sentences = ["a beautiful and moving film", "a tedious mess, dull and pointless"];
        var accuracy = SentimentAnalysis.Run(Reviews, seed: 0, Epochs, sentences, writer);
        Assert.InRange(accuracy, SentimentAnalysis.Reference, 1);
        var text = writer.ToString();
        Assert.Contains("9595 reviews to learn from, 60000 words and pairs; 1067 reviews to test with.", text, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"Right: {accuracy:P1} of 1067 unseen reviews; 76.1 % in Kim 2014"), text, StringComparison.Ordinal);
        var judgements = text.TrimEnd().Split(Environment.NewLine)[^2..].Select(line => line.Split(" % in favour: ")).ToArray();
        Assert.Equal(sentences, judgements.Select(judgement => judgement[1]));
        Assert.InRange(int.Parse(judgements[0][0], CultureInfo.InvariantCulture), 70, 100);
        Assert.InRange(int.Parse(judgements[1][0], CultureInfo.InvariantCulture), 0, 30);
    }

    [SlowFact]
    public void IsBetterThanItsReferenceInTheMedianOfFiveSeeds()
    {
        var accuracies = new double[5];
        Parallel.For(0, accuracies.Length, seed => accuracies[seed] = SentimentAnalysis.Run(Reviews, seed, Epochs, [], TextWriter.Null));
        Assert.InRange(accuracies.Order().ElementAt(2), SentimentAnalysis.Reference, 1);
    }

    [Fact]
    public void ReviewsAreCutInTwoAtRandom()
    {
        Assert.Equal((5331, 5331), (Reviews.Count(review => review.IsFavourable), Reviews.Count(review => !review.IsFavourable)));
        Assert.Contains(Reviews, review => review.Text.Contains("jean-claud van damme", StringComparison.Ordinal));
        Assert.Contains(Reviews, review => review.Text.Contains("cliché", StringComparison.Ordinal));
        var (training, test) = Review.Split(Reviews, seed: 1);
        Assert.Equal((9595, 1067), (training.Length, test.Length));
        Assert.Equal(Reviews.OrderBy(Order), training.Concat(test).OrderBy(Order));
        Assert.InRange(test.Count(review => review.IsFavourable), 450, 620);
        Assert.Equal(test, Review.Split(Reviews, seed: 1).Test);
        Assert.NotEqual(test, Review.Split(Reviews, seed: 2).Test);

        static string Order(Review review) => review.Text + review.IsFavourable;
    }

    [Fact]
    public void ReviewsBecomeTokensAndTargets()
    {
        Review[] reviews = [new("good , good fun", true), new("a bore", false)];
        var vocabulary = Vocabulary.FromTexts(["good fun good fun", "bore"], new VocabularyOptions { NGrams = 2 });
        var dataset = Review.ToDataset(reviews, vocabulary);
        Assert.Equal((2, SentimentModel.MaxTerms), (dataset.Count, dataset.TimeSteps));
        Assert.Equal(["good", "good", "fun", "[UNK]", "good fun", ""], dataset.GetTokens(0)[..6].ToArray().Select(token => vocabulary[token]));
        Assert.Equal(["[UNK]", "bore", "[UNK]", ""], dataset.GetTokens(1)[..4].ToArray().Select(token => vocabulary[token]));
        Assert.Equal([1, 0], [dataset.GetTarget(0)[0], dataset.GetTarget(1)[0]]);
    }

    [Theory]
    [InlineData("line 1: expected a sentence, found none")]
    [InlineData("line 2: expected a sentence, found none", "fine", " ", "good")]
    public void MistakesInTheDataAreNamed(string message, params string[] lines)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, lines);
            var mistake = Assert.Throws<InvalidDataException>(() => Review.Load(PathOf("rt-polarity.pos"), path));
            Assert.Equal($"{path}, {message}.", mistake.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void SentencesStandBesideOptions()
    {
        var defaults = new Options { Epochs = 5, Texts = ["fine"] };
        Assert.Equal(["fine"], defaults.Parse(["--seed", "3"]).Texts);
        var options = defaults.Parse(["a mess", "--seed", "3", "good fun"]);
        Assert.Equal(3, options.Seed);
        Assert.Equal(["a mess", "good fun"], options.Texts);
        Assert.Equal("Unknown argument '--mess'.", Assert.Throws<UsageException>(() => defaults.Parse(["--mess"])).Message);
        Assert.Contains("-- [options] [texts]", defaults.Describe("Sentiment"), StringComparison.Ordinal);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);
}
