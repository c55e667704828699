using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Layers that read others by name, and outputs, where that does not work.</summary>
public sealed class GraphMistakeTests
{
    private const string Two = "Dense(2, Name = \"a\"), Dense(3, Name = \"b\"), ";

    [Theory]
    [InlineData("Dense(2, Name = \"a\"), Dense(1, Input = \"c\")", "Dense(1, Input = \"c\")", "'dense' cannot read 'c': no layer has that name: those above it are 'input', 'a'")]
    [InlineData("Dense(2, Name = \"a\"), Dense(1, Input = \"\")", "Dense(1, Input = \"\")", "'dense' cannot read '': no layer")]
    [InlineData("Dense(2, Name = \"a\"), Add(\"a\", \"A\")", "Add(\"a\", \"A\")", "'add' cannot read 'A'")]
    public void InputNotFound(string layers, string underlined, string message) => AssertMistake("NRNN0063", underlined, message, FloatModel.Of(layers));

    [Fact]
    public void TokensAreForTheEmbeddingAlone() => AssertMistake(
        "NRNN0063", "Dense(1, Input = \"input\")", "'dense' cannot read 'input': the model's input is tokens, which 'embedding' alone reads",
        "[RnnModel, Embedding(3, 2), Dense(1, Input = \"input\"), Output(\"embedding\", \"dense\")] partial class Model;");

    [Theory]
    [InlineData("Dense(1, Name = \"a\", Input = \"b\"), Dense(1, Name = \"b\")", "Dense(1, Name = \"a\", Input = \"b\")", "'a' cannot read 'b': that stands below it. A layer reads what stands above it.")]
    [InlineData("Dense(1, Name = \"a\", Input = \"a\")", "Dense(1, Name = \"a\", Input = \"a\")", "'a' cannot read 'a': it would read itself")]
    [InlineData("Dense(1, Name = \"a\"), Add(\"a\", \"b\"), Dense(1, Name = \"b\")", "Add(\"a\", \"b\")", "'add' cannot read 'b': that stands below it")]
    public void InputNotAbove(string layers, string underlined, string message) => AssertMistake("NRNN0064", underlined, message, FloatModel.Of(layers));

    [Theory]
    [InlineData("Add(\"a\", \"b\")", "'add' works feature by feature, but 'a' has 2 and 'b' has 3")]
    [InlineData("Subtract(\"b\", \"a\")", "'subtract' works feature by feature, but 'b' has 3 and 'a' has 2")]
    [InlineData("Multiply(\"a\", \"a\", \"input\", \"b\")", "'multiply' works feature by feature, but 'a' has 2 and 'input' has 4")]
    [InlineData("Average(\"a\", \"b\")", "'average'")]
    public void SizesDiffer(string merge, string message) =>
        AssertMistake("NRNN0065", merge, message, FloatModel.Of(Two + merge + ", Concatenate(\"" + merge[..merge.IndexOf('(')].ToLowerInvariant() + "\", \"a\", \"b\")"));

    [Theory]
    [InlineData("Gru(2, Name = \"a\"), Gru(2, Name = \"b\", ReturnSequences = true, Input = \"input\"), Concatenate(\"a\", \"b\")", "Concatenate(\"a\", \"b\")",
        "'concatenate' puts together 'a', which has an output once a sequence, and 'b', which has one at every time step")]
    [InlineData("Gru(2, Name = \"a\"), RepeatVector(3), RepeatVector(4, Input = \"a\"), Add(\"repeat_vector\", \"repeat_vector_1\")", "Add(\"repeat_vector\", \"repeat_vector_1\")",
        "at each of 3 steps, and 'repeat_vector_1', which has one at each of 4 steps")]
    [InlineData("Gru(2, Name = \"a\", ReturnSequences = true), Gru(2, Name = \"b\", ReturnSequences = true, GoBackwards = true, Input = \"input\"), Multiply(\"a\", \"b\")", "Multiply(\"a\", \"b\")",
        "at every time step, and 'b', which has one at every time step, the last one first")]
    [InlineData("Gru(2, Name = \"a\"), Gru(2, Name = \"b\", ReturnSequences = true, Input = \"input\"), Output(\"b\", \"a\")", "Output(\"b\", \"a\")",
        "'Output' puts together 'b', which has an output at every time step, and 'a', which has one once a sequence")]
    public void StepsDiffer(string layers, string underlined, string message) => AssertMistake("NRNN0066", underlined, message, FloatModel.Of(layers));

    [Theory]
    [InlineData("Dense(2, Name = \"a\"), Dense(3, Name = \"b\", Input = \"input\")", "Dense(2, Name = \"a\")", "Nothing reads 'a'")]
    [InlineData("Dense(2, Name = \"a\"), Dense(3, Name = \"b\"), Output(\"a\")", "Dense(3, Name = \"b\")", "Nothing reads 'b'")]
    public void LayerUnused(string layers, string underlined, string message) => AssertMistake("NRNN0067", underlined, message, FloatModel.Of(layers));

    [Theory]
    [InlineData("Output(\"a\", \"b\", \"a\")", "The [Output] of 'Model' names 'a' twice")]
    [InlineData("Output(\"a\", \"c\")", "names 'c', which no layer is called: those above it are 'input', 'a', 'b'")]
    [InlineData("Output", "names no layer")]
    public void InvalidOutput(string output, string message)
    {
        var mistake = Mistake.In(FloatModel.Of(Two + output)).Single(mistake => mistake.Id == "NRNN0068");
        Assert.Equal(output, mistake.Underlined);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OutputStandsLast() =>
        AssertMistake("NRNN0068", "Output(\"a\", \"b\")", "stands above 'b': put it below all layers", FloatModel.Of("Dense(2, Name = \"a\"), Output(\"a\", \"b\"), Dense(3, Name = \"b\")"));

    [Theory]
    [InlineData("equals", "would make a property 'Equals' of 'equals', a name that every class has a member of: give the layer another one")]
    [InlineData("outputs", "would make a property 'Outputs' of 'outputs', a name that the class itself has")]
    [InlineData("B", "would make a property 'B' of 'B', a name that another output has")]
    public void OutputNeedsAName(string name, string message) =>
        AssertMistake("NRNN0068", $"Output(\"b\", \"{name}\")", message, FloatModel.Of($"Dense(2, Name = \"b\"), Dense(3, Name = \"{name}\"), Output(\"b\", \"{name}\")"));

    [Fact]
    public void DecoderHasNoNamedOutputs()
    {
        const string Decoder = "Lstm(3, Name = \"a\"), Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true), Dense(5, Activation = Activation.Softmax, Name = \"b\")";
        AssertMistake("NRNN0068", "Output(\"b\")", "cannot be used with a decoder", FloatModel.Of(Decoder + ", Output(\"b\")"));
    }

    [Theory]
    [InlineData("Lstm(3, Input = \"a\", ReturnSequences = true)", "goes through tokens of its own, but 'lstm' reads 'a': attend to layers of the encoder with [Attention]")]
    [InlineData("Lstm(3, Input = \"input\", ReturnSequences = true)", "'lstm' reads 'input'")]
    public void DecoderReadsItsOwnLayers(string layer, string message) => AssertMistake(
        "NRNN0031", layer, message, FloatModel.Of($"Lstm(3, Name = \"a\"), Decoder(1, 2), Embedding(5, 2), {layer}, Dense(5, Activation = Activation.Softmax)"));

    [Theory]
    [InlineData("NRNN0031", "Lstm(3)", "Attention(\"b\")", "makes its tokens one after the other, so that 'attention' cannot attend to 'b', which is a part of it")]
    [InlineData("NRNN0073", "Lstm(3)", "Attention(\"a\")", "'attention' needs the steps of a layer, which 'a' does not give: it is only the last output of 'a': set ReturnSequences = true on it")]
    [InlineData("NRNN0073", "Lstm(3)", "AdditiveAttention(\"input\")", "which 'input' does not give: put a dense layer between them")]
    [InlineData("NRNN0065", "Lstm(3, ReturnSequences = true), Dense(2, Name = \"k\")", "AdditiveAttention(\"a\", Key = \"k\")", "'additive_attention' works feature by feature, but 'b' has 3 and 'k' has 2")]
    [InlineData("NRNN0063", "Lstm(3)", "Attention(\"d\")", "'attention' cannot read 'd': no layer has that name")]
    public void DecoderAttends(string id, string encoder, string layer, string message) => AssertMistake(
        id, layer, message, FloatModel.Of(
            $"{encoder.Replace("3", "3, Name = \"a\"", StringComparison.Ordinal)}, Decoder(1, 2), Embedding(5, 2, Name = \"c\"), Lstm(3, ReturnSequences = true, Name = \"b\"), " +
            $"{layer}, Dense(5, Activation = Activation.Softmax)"));

    [Theory]
    [InlineData("Dropout(0.5), Dense(2, Name = \"b\"), Attention(\"dropout\")")]
    [InlineData("Masking(Name = \"a\"), Gru(4, ReturnSequences = true), Attention(\"a\")")]
    public void AttentionNeedsALayer(string layers) =>
        AssertMistake("NRNN0073", layers[layers.IndexOf("Attention", StringComparison.Ordinal)..], "put a dense layer between them", FloatModel.Of(layers));

    [Theory]
    [InlineData("Slice(2, 3)", "'slice' takes 3 features from the one with number 2 on, but 'input' has 4: at least 1 from 0 on")]
    [InlineData("Slice(-1, 2)", "takes 2 features from the one with number -1 on")]
    [InlineData("Slice(0, 0)", "takes 0 features")]
    [InlineData("Slice(2147483647, 2147483647)", "takes 2147483647 features")]
    public void SliceOutOfRange(string slice, string message) => AssertMistake("NRNN0069", slice, message, FloatModel.Of(slice));

    [Theory]
    [InlineData("Add")]
    [InlineData("Concatenate(\"input\")")]
    [InlineData("Multiply(null!)")]
    public void TooFewInputs(string merge) => AssertMistake("NRNN0070", merge, "needs the names of two or more layers", FloatModel.Of(merge));

    [Theory]
    [InlineData("Add(\"input\", \"input\", Input = \"input\")", "NRNN0007", "Input does not apply to 'add': it lists what it reads")]
    [InlineData("Dense(3, Name = \"input\")", "NRNN0010", "'input' cannot be the name of a layer: it stands for the model's input")]
    public void OtherMistakes(string layer, string id, string message) => AssertMistake(id, layer, message, FloatModel.Of(layer));

    [Fact]
    public void ManyConcatenationsAreRefused()
    {
        var layers = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"Concatenate(\"{(i == 0 ? "input" : $"c{i - 1}")}\", \"{(i == 0 ? "input" : $"c{i - 1}")}\", Name = \"c{i}\")"));
        Assert.Contains(Mistake.In(FloatModel.Of(layers)), mistake => mistake.Id == "NRNN0004" && mistake.Message.Contains("The number of features of 'c14' must be between 1 and 65536, but is 131072", StringComparison.Ordinal));
    }

    [Fact]
    public void OutputWithoutModelIsNoticed() =>
        Assert.Contains(Mistake.In("[Output(\"a\")] class Model;"), mistake => mistake.Id == "NRNN0014");

    [Theory]
    [InlineData("Dense(4, Name = \"a\"), Add(\"a\", \"input\")")]
    [InlineData("Dense(4, Name = \"a\"), Add(\"a\", \"a\")")]
    [InlineData("Gru(3, Name = \"a\"), Gru(3, Name = \"b\", Input = \"input\"), Subtract(\"a\", \"b\"), Dense(1)")]
    [InlineData("Dense(4, Name = \"a\"), Dense(2, Name = \"b\", Input = \"input\"), Output(\"b\", \"a\")")]
    [InlineData("Masking, Gru(4, ReturnSequences = true, Name = \"a\"), Add(\"a\", \"input\"), Gru(2)")]
    [InlineData("Dense(4, Name = \"a\"), Output(\"a\")")]
    [InlineData("Dropout(0.0, Name = \"d\"), Dense(4, Name = \"a\"), Multiply(\"a\", \"d\", \"input\"), Slice(1, 2, Name = \"s\"), Output(\"s\", \"d\")")]
    [InlineData("Lstm(2, Direction = Direction.Bidirectional, ReturnSequences = true), Concatenate(\"lstm\", \"input\"), Dense(1)")]
    public void IsValid(string layers) => FloatModel.AssertIsValid(layers);

    private static void AssertMistake(string id, string underlined, string message, string source)
    {
        var mistake = Assert.Single(Mistake.In(source));
        Assert.Equal((id, underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }
}
