using System.Globalization;
using Subwords;
using TextGeneration;

namespace NanoRnn.Samples.Tests;

public class TextGenerationTests
{
    private static readonly string Plays = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "shakespeare.txt"));

    [Fact]
    public void LearnsCharactersOfAPart()
    {
        var (bits, text) = RunCharacters(Plays[..150_000], epochs: 1);
        Assert.InRange(bits, 2, 3.6);
        Assert.Contains("135000 characters to learn from, 135000 tokens; 15000 characters to test with.", text, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"Unseen text: {bits:F3} bits per character; 2 elsewhere"), text, StringComparison.Ordinal);
        var written = text.Split("Temperature ")[1..];
        Assert.Equal(["0.4", "0.7", "1"], written.Select(part => part[..part.IndexOf(':', StringComparison.Ordinal)]));
        Assert.All(written, part => Assert.InRange(part.Length, 300, 320));
        Assert.DoesNotContain(Vocabulary.UnknownTerm, text, StringComparison.Ordinal);
    }

    [SlowFact("Trains on the whole text")]
    public void IsNotWorseThanItsReference() =>
        Assert.InRange(RunCharacters(Plays, epochs: 4).Bits, 1.5, CharacterModel.Reference);

    [Fact]
    public void LearnsPiecesOfWordsOfAPart()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var model = new SubwordModel(seed: 0);
        var bits = TextGenerator.Run(Plays[..150_000], SubwordModel.LearnTokens, model, () => model.CreateSession().Step, epochs: 1, "?", writer);
        Assert.InRange(bits, 2, 3.6);
    }

    [Fact]
    public void PiecesAreThosePairsThatAreMostFrequent()
    {
        // Seven characters; "lo" is as frequent as "ow" and comes first, then there is no "ow" any more.
        var tokenizer = BytePairs.Learn("low low lower slow", firstToken: 2, endToken: 12);
        Assert.Equal([" ", "e", "l", "o", "r", "s", "w"], Enumerable.Range(2, 7).Select(token => tokenizer.Decode([token])));
        Assert.Equal(["lo", "low", " low"], Enumerable.Range(9, 3).Select(token => tokenizer.Decode([token])));
        Assert.Equal(["low", "e", "r", " low"], tokenizer.EncodeToIds("lower low").Select(token => tokenizer.Decode([token])));
    }

    [Fact]
    public void PiecesMakeTheTextAgain()
    {
        var part = Plays[..20_000];
        var tokens = SubwordModel.LearnTokens(part);
        var encoded = tokens.Encode(part);
        Assert.All(encoded, token => Assert.InRange(token, 2, SubwordModel.VocabularySize - 1));
        Assert.Equal(part, string.Concat(encoded.Select(tokens.Decode)));
        Assert.InRange(encoded.Length, 0, part.Length / 2);
    }

    [Fact]
    public void ATextOfTooFewPiecesIsRefused() => Assert.Equal(
        "Expected a text of 20 pieces or more, found 7.",
        Assert.Throws<InvalidDataException>(() => BytePairs.Learn("abc abc", firstToken: 2, endToken: 22)).Message);

    private static (double Bits, string Text) RunCharacters(string text, int epochs)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var model = CharacterModel.Create(seed: 0);
        return (TextGenerator.Run(text, CharacterModel.LearnTokens, model, () => model.CreateSession().Step, epochs, "2 elsewhere", writer), writer.ToString());
    }
}
