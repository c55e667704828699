using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Mistakes that a loop finds at its second turn, or at several, are reported there: every layer's text is another.</summary>
public sealed class SecondTurnTests
{
    private const string Softmax = "Dense(5, Activation = Activation.Softmax)";
    private const string Target = "Decoder(1, 2), Embedding(5, 2), ";

    [Theory]
    [InlineData(
        "Gru(3, ReturnSequences = true), Lstm(4), " + Target + "Gru(3, ReturnSequences = true), Lstm(5, ReturnSequences = true), " + Softmax,
        "Lstm(5, ReturnSequences = true)", "cannot start 'lstm_1' (Lstm, 5 units) where the encoder's 'lstm' (Lstm, 4 units) ended")]
    [InlineData(
        "Gru(3, ReturnSequences = true), Lstm(4), " + Target + "Gru(3, ReturnSequences = true), Gru(4, ReturnSequences = true), " + Softmax,
        "Gru(4, ReturnSequences = true)", "cannot start 'gru_2' (Gru, 4 units)")]
    [InlineData(
        "Gru(3, ReturnSequences = true), Lstm(4), " + Target + "Gru(3, ReturnSequences = true), Lstm(4), " + Softmax,
        "Lstm(4)", "set ReturnSequences = true on 'lstm_1'")]
    [InlineData(
        "Gru(3, ReturnSequences = true), Lstm(4), " + Target + "Gru(3, ReturnSequences = true), Lstm(4, GoBackwards = true, ReturnSequences = true), " + Softmax,
        "Lstm(4, GoBackwards = true, ReturnSequences = true)", "which 'lstm_1' cannot")]
    [InlineData(
        "Gru(3, ReturnSequences = true), Lstm(4, Direction = Direction.Bidirectional), " + Target + "Gru(3, ReturnSequences = true), Lstm(4, ReturnSequences = true), " + Softmax,
        "Lstm(4, Direction = Direction.Bidirectional)", "cannot be used with a bidirectional layer: 'lstm'")]
    [InlineData(
        "Gru(3, ReturnSequences = true), Lstm(4, ReturnSequences = true), " + Target + "Gru(3, ReturnSequences = true), Lstm(6, ReturnSequences = true), " + Softmax,
        "Lstm(4, ReturnSequences = true)", "reads the last state of 'lstm' alone")]
    public void Decoder(string layers, string underlined, string message) => AssertMistakes(layers, ("NRNN0031", underlined, message));

    [Fact]
    public void DecoderWithTwoMistakes() => AssertMistakes(
        "Gru(3, ReturnSequences = true), Gru(5, ReturnSequences = true), Lstm(4), " + Target +
        "Gru(6, ReturnSequences = true), Gru(5, ReturnSequences = true), Lstm(7, ReturnSequences = true), " + Softmax,
        ("NRNN0031", "Gru(6, ReturnSequences = true)", "cannot start 'gru_2'"),
        ("NRNN0031", "Lstm(7, ReturnSequences = true)", "cannot start 'lstm_1'"));

    [Fact]
    public void SecondLayerOfTokens() => AssertMistakes(
        "Lstm(2, ReturnSequences = true), Embedding(3, 2), Gru(4, ReturnSequences = true), Embedding(5, 2), Gru(6)",
        ("NRNN0017", "Embedding(3, 2)", "but 'lstm' stands before it"),
        ("NRNN0017", "Embedding(5, 2)", "but 'gru' stands before it"));

    [Fact]
    public void SecondRepetition() => AssertMistakes(
        "Lstm(2), RepeatVector(4), Gru(2, ReturnSequences = true), RepeatVector(3), RepeatVector(5)",
        ("NRNN0018", "RepeatVector(3)", "set ReturnSequences = false on 'gru'"),
        ("NRNN0018", "RepeatVector(5)", "set ReturnSequences = false on 'gru'"));

    [Fact]
    public void RecurrentLayersBehindALastState() => AssertMistakes(
        "Lstm(2, ReturnSequences = true), Gru(3), SimpleRnn(4), Gru(5)",
        ("NRNN0005", "SimpleRnn(4)", "'gru'"),
        ("NRNN0005", "Gru(5)", "'simple_rnn'"));

    [Fact]
    public void OptionsOfTheSecondLayer() => AssertMistakes(
        "Lstm(2, ReturnSequences = true), Lstm(3, Activation = (Activation)77, ReturnSequences = true), Lstm(4, Dropout = 2f)",
        ("NRNN0011", "Lstm(3, Activation = (Activation)77, ReturnSequences = true)", "on 'lstm_1'"),
        ("NRNN0019", "Lstm(4, Dropout = 2f)", "Dropout of 'lstm_2'"));

    [Fact]
    public void RepetitionsThatAreNone() => Assert.Empty(Mistake.Of(Generation.Of(
        "using NanoRnn;\n" + Model("Lstm(2), RepeatVector(4), Gru(2), RepeatVector(3), Gru(3, ReturnSequences = true), Lstm(4), Dense(1)"))));

    private static string Model(string layers) => $"[RnnModel(InputSize = 1), {layers}] partial class Model;";

    private static void AssertMistakes(string layers, params (string Id, string Underlined, string Message)[] expected)
    {
        var mistakes = Mistake.In(Model(layers));
        Assert.Equal(expected.Select(item => (item.Id, item.Underlined)), mistakes.Select(mistake => (mistake.Id, mistake.Underlined)));
        foreach (var (mistake, (_, _, message)) in mistakes.Zip(expected))
            Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }
}
