using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Layers that do not fit each other.</summary>
public sealed class NetworkMistakeTests
{
    private const string Softmax = "Dense(5, Activation = Activation.Softmax)";

    [Theory]
    [InlineData("Lstm(2), Embedding(3, 2)", "Embedding(3, 2)", "'embedding' reads the input itself and has to be the first layer, but 'lstm' stands before it")]
    [InlineData("Dense(2), Masking, Lstm(2)", "Masking", "but 'dense' stands before it")]
    public void NotFirst(string layers, string underlined, string message) => AssertMistake("NRNN0017", underlined, message, Floats(layers));

    [Theory]
    [InlineData("Dense(2), Normalization", "has to be the first layer, or the one behind [Masking], but 'dense' stands before it")]
    [InlineData("Dropout(0.1), Normalization, Dense(2)", "but 'dropout' stands before it")]
    [InlineData("Masking, Dense(2), Normalization, Lstm(2)", "'normalization' takes the model's input")]
    public void NormalizationNotFirst(string layers, string message) => AssertMistake("NRNN0060", "Normalization", message, Floats(layers));

    [Fact]
    public void NormalizationOfTokens() =>
        AssertMistake("NRNN0060", "Normalization", "but 'embedding' stands before it", "[RnnModel, Embedding(3, 2), Normalization, Lstm(2)] partial class Model;");

    [Theory]
    [InlineData("Lstm(2), Denormalization, Dense(1)", "has to be the last layer, but 'dense' stands behind it")]
    [InlineData("Lstm(2), Denormalization, Dropout(0.1)", "but 'dropout' stands behind it")]
    [InlineData("Lstm(3), Denormalization, Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true), " + Softmax, "but 'decoder' stands behind it")]
    public void DenormalizationNotLast(string layers, string message)
    {
        var mistake = Mistake.In(Floats(layers)).Single(mistake => mistake.Id == "NRNN0061");
        Assert.Equal("Denormalization", mistake.Underlined);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lstm(2), " + Softmax + ", Denormalization", "the outputs of 'dense', which are probabilities of classes")]
    [InlineData("Dense(3), Activation(Activation.Softmax), Dropout(0.1), Denormalization", "the outputs of 'activation'")]
    public void DenormalizedClasses(string layers, string message) => AssertMistake("NRNN0062", "Denormalization", message, Floats(layers));

    [Theory]
    [InlineData("RepeatVector(3)", "what comes before it is a sequence: put a recurrent layer before it")]
    [InlineData("Lstm(2, ReturnSequences = true), RepeatVector(3)", "set ReturnSequences = false on 'lstm'")]
    [InlineData("Lstm(2), RepeatVector(4), Gru(2, ReturnSequences = true), RepeatVector(3)", "set ReturnSequences = false on 'gru'")]
    public void RepeatsSequence(string layers, string message) => AssertMistake("NRNN0018", "RepeatVector(3)", message, Floats(layers));

    [Theory]
    [InlineData("Dropout(1f)", "The rate of 'dropout' must be at least 0 and less than 1, but is 1")]
    [InlineData("Dropout(-0.5f)", "but is -0.5")]
    [InlineData("Dropout(float.NaN)", "but is NaN")]
    [InlineData("Lstm(2, Dropout = 2f)", "Dropout of 'lstm'")]
    [InlineData("Gru(2, RecurrentDropout = -1f)", "RecurrentDropout of 'gru'")]
    [InlineData("LayerNormalization(Epsilon = 0f)", "Epsilon of 'layer_normalization' must be finite and positive, but is 0")]
    public void NumberOutOfRange(string layer, string message) => AssertMistake("NRNN0019", layer, message, Floats(layer + ", Dense(1)"));

    [Theory]
    [InlineData("Embedding(0, 2)", "The vocabulary of 'embedding' must be between 1 and 65536, but is 0")]
    [InlineData("Embedding(2, 65537)", "The number of dimensions of 'embedding' must be between 1 and 65536, but is 65537")]
    public void EmbeddingOutOfRange(string layer, string message) =>
        AssertMistake("NRNN0004", layer, message, $"[RnnModel, {layer}, Lstm(2)] partial class Model;");

    [Fact]
    public void NothingButDropout() =>
        AssertMistake("NRNN0003", "Dropout(0.2f)", "'Model' has no layers", Floats("Dropout(0.5f), Dropout(0.2f)"));

    [Fact]
    public void StepsOutOfRange() => AssertMistake(
        "NRNN0004", "RepeatVector(0)", "The number of steps of 'repeat_vector' must be between 1 and 65536, but is 0", Floats("Lstm(2), RepeatVector(0)"));

    [Theory]
    [InlineData("Lstm(2, Direction = (Direction)2)", "Direction = 2 on 'lstm' is not a member of NanoRnn.Direction")]
    [InlineData("Lstm(2, Direction = Direction.Bidirectional, MergeMode = (MergeMode)7)", "MergeMode = 7 on 'lstm' is not a member of NanoRnn.MergeMode")]
    [InlineData("Normalization(Kind = (NormalizationKind)2)", "Kind = 2 on 'normalization' is not a member of NanoRnn.NormalizationKind")]
    [InlineData("Activation((Activation)77)", "The activation = 77 on 'activation' is not a member of NanoRnn.Activation")]
    public void UnknownValue(string layer, string message) => AssertMistake("NRNN0011", layer, message, Floats(layer));

    [Theory]
    [InlineData("Lstm(2, MergeMode = MergeMode.Sum)", "MergeMode does not apply to 'lstm': it has one direction")]
    [InlineData("Lstm(2, Direction = Direction.Bidirectional, GoBackwards = true)", "a bidirectional layer goes both ways")]
    [InlineData("Gru(2, ResetAfter = false, RecurrentDropout = 0.5f)", "RecurrentDropout does not apply to 'gru'")]
    public void OptionDoesNotApply(string layer, string message) => AssertMistake("NRNN0007", layer, message, Floats(layer));

    [Fact]
    public void InputSizeOfTokens() => AssertMistake(
        "NRNN0007", "RnnModel(InputSize = 3)", "InputSize does not apply to 'embedding': a model that begins with an embedding takes one token per time step",
        "[RnnModel(InputSize = 3), Embedding(3, 2), Lstm(2)] partial class Model;");

    [Theory]
    [InlineData("RnnModel(InputSize = 1), Masking, Dense(2)", "Masking", "'masking' skips steps")]
    [InlineData("RnnModel, Embedding(3, 2, MaskZero = true), Dense(2)", "Embedding(3, 2, MaskZero = true)", "'embedding' skips steps")]
    public void MaskWithoutState(string attributes, string underlined, string message) =>
        AssertMistake("NRNN0030", underlined, message, $"[{attributes}] partial class Model;");

    [Theory]
    [InlineData("Lstm(3), Decoder(1, 2)", "Decoder(1, 2)", "must begin with an embedding of target tokens")]
    [InlineData("Lstm(3), Decoder(1, 2), Lstm(3)", "Decoder(1, 2)", "must begin with an embedding")]
    [InlineData("Lstm(3), Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true)", "Lstm(3, ReturnSequences = true)", "must end with a dense layer with softmax")]
    [InlineData("Lstm(3), Decoder(1, 2), Embedding(6, 2), Lstm(3, ReturnSequences = true), " + Softmax, Softmax, "ends with 5 units, but its embedding has 6 tokens")]
    [InlineData("Lstm(3), Decoder(1, 5), Embedding(5, 2), Lstm(3, ReturnSequences = true), " + Softmax, "Decoder(1, 5)", "starts or ends with a token that its embedding of 5 tokens does not have")]
    [InlineData("Lstm(3), Decoder(0, 2), Embedding(5, 2, MaskZero = true), Lstm(3, ReturnSequences = true), " + Softmax, "Decoder(0, 2)", "starts or ends with token 0")]
    [InlineData("Lstm(3), Decoder(1, 2), Embedding(5, 2), Lstm(3), " + Softmax, "Lstm(3)", "gives an output at every step: set ReturnSequences = true on 'lstm_1'")]
    [InlineData("Lstm(3), Decoder(1, 2), Embedding(5, 2), Lstm(4, ReturnSequences = true), " + Softmax, "Lstm(4, ReturnSequences = true)", "cannot start 'lstm_1' (Lstm, 4 units) where the encoder's 'lstm' (Lstm, 3 units) ended")]
    [InlineData("Gru(3), Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true), " + Softmax, "Lstm(3, ReturnSequences = true)", "where the encoder's 'gru' (Gru, 3 units) ended")]
    [InlineData("Gru(3, ReturnSequences = true), Gru(3), Decoder(1, 2), Embedding(5, 2), Gru(3, ReturnSequences = true), " + Softmax, "Decoder(1, 2)", "has 1 recurrent layers, its encoder 2")]
    [InlineData("Lstm(3), Dense(2), Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true), " + Softmax, "Decoder(1, 2)", "needs an encoder before it that ends with a recurrent layer")]
    [InlineData("Lstm(3, ReturnSequences = true), Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true), " + Softmax, "Lstm(3, ReturnSequences = true)", "reads the last state of 'lstm' alone")]
    [InlineData("Lstm(3), Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true, GoBackwards = true), " + Softmax, "Lstm(3, ReturnSequences = true, GoBackwards = true)", "makes its tokens one after the other, which 'lstm_1' cannot")]
    [InlineData("Lstm(3), Decoder(1, 2, UseEncoderState = false), Embedding(5, 2), Lstm(3, ReturnSequences = true), " + Softmax, "Decoder(1, 2, UseEncoderState = false)", "knows nothing of its source: attend to it with [Attention]")]
    [InlineData("Dense(2, Name = \"a\"), Decoder(1, 2), Embedding(5, 2), Lstm(2, ReturnSequences = true), Attention(\"a\"), " + Softmax, "Decoder(1, 2)", "needs an encoder before it that ends with a recurrent layer")]
    [InlineData("Gru(3), RepeatVector(3, Name = \"a\"), Decoder(1, 2, UseEncoderState = false), Embedding(5, 2), Lstm(3, ReturnSequences = true), Attention(\"a\"), " + Softmax, "RepeatVector(3, Name = \"a\")", "cannot be used with RepeatVector")]
    public void InvalidDecoder(string layers, string underlined, string message) => AssertMistake("NRNN0031", underlined, message, Floats(layers));

    private static string Floats(string layers) => $"[RnnModel(InputSize = 1), {layers}] partial class Model;";

    private static void AssertMistake(string id, string underlined, string message, string source)
    {
        var mistake = Assert.Single(Mistake.In(source));
        Assert.Equal((id, underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }
}
