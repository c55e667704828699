using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Convolutions and poolings that cannot be.</summary>
public sealed class ConvolutionMistakeTests
{
    [Theory]
    [InlineData("Conv1D(0, 3)", "The number of filters of 'conv1d' must be between 1 and 65536, but is 0")]
    [InlineData("Conv1D(3, 0)", "The kernel size of 'conv1d' must be between 1 and 65536, but is 0")]
    [InlineData("Conv1D(3, 2, Strides = 0)", "Strides of 'conv1d' must be between 1 and 65536, but is 0")]
    [InlineData("Conv1D(3, 2, DilationRate = -1)", "DilationRate of 'conv1d' must be between 1 and 65536, but is -1")]
    [InlineData("Conv1D(3, 65536, DilationRate = 65536)", "The kernel size of 'conv1d' less one times its dilation rate must be between 1 and 1048576, but is 4294901760")]
    [InlineData("Conv1D(3, 65536, Padding = Padding.Causal)", "The kernel size times the features of the input of 'conv1d' must be between 1 and 65536, but is 262144")]
    [InlineData("MaxPooling1D(0)", "The pool size of 'max_pooling1d' must be between 1 and 65536, but is 0")]
    [InlineData("AveragePooling1D(2, Strides = -3)", "Strides of 'average_pooling1d' must be between 1 and 65536, but is -3")]
    public void SizeOutOfRange(string layer, string message) => AssertMistake("NRNN0004", layer, message, FloatModel.Of($"{layer}, Gru(2)"));

    [Fact]
    public void TooManyNumbersOfThePast() => AssertMistake(
        "NRNN0004", "Conv1D(3, 2, DilationRate = 65536)",
        "The kernel size less one times the dilation rate times the features of the input of 'conv1d' must be between 1 and 16777216, but is 19660800",
        "[RnnModel(InputSize = 300), Conv1D(3, 2, DilationRate = 65536), Gru(2)] partial class Model;");

    [Theory]
    [InlineData("Conv1D(3, 2, Strides = 2, DilationRate = 2)", "NRNN0007", "DilationRate does not apply to 'conv1d': Strides is greater than 1")]
    [InlineData("Conv1D(3, 2, KernelInitializer = Initializer.Identity)", "NRNN0007", "the kernel has three axes")]
    [InlineData("Conv1D(3, 2, Padding = (Padding)3)", "NRNN0011", "Padding = 3 on 'conv1d' is not a member of NanoRnn.Padding")]
    [InlineData("MaxPooling1D(2, Padding = (Padding)(-1))", "NRNN0011", "Padding = -1 on 'max_pooling1d'")]
    public void OptionMistakes(string layer, string id, string message) => AssertMistake(id, layer, message, FloatModel.Of($"{layer}, Gru(2)"));

    [Theory]
    [InlineData("Gru(2), Conv1D(3, 2)", "Conv1D(3, 2)", "'conv1d' needs a sequence, but 'gru' before it returns only its last output: set ReturnSequences = true on it")]
    [InlineData("Gru(2), MaxPooling1D", "MaxPooling1D", "'max_pooling1d' needs a sequence, but 'gru'")]
    [InlineData("GlobalMaxPooling1D, Gru(2)", "Gru(2)", "'gru' needs a sequence, but 'global_max_pooling1d' before it returns one vector for all steps")]
    [InlineData("GlobalAveragePooling1D, GlobalMaxPooling1D", "GlobalMaxPooling1D", "'global_max_pooling1d' needs a sequence, but 'global_average_pooling1d'")]
    public void NeedsASequence(string layers, string underlined, string message) => AssertMistake("NRNN0005", underlined, message, FloatModel.Of(layers));

    [Theory]
    [InlineData("Conv1D(3, 2, Padding = Padding.Causal)", "'conv1d' puts steps that lie side by side together, but 'masking' skips some of them: leave [Masking] out")]
    [InlineData("Conv1D(3, 1, Strides = 2)", "'conv1d'")]
    [InlineData("AveragePooling1D", "'average_pooling1d'")]
    public void WindowsUnderMask(string layer, string message) => AssertMistake("NRNN0071", layer, message, FloatModel.Of($"Masking, {layer}, Gru(2)"));

    [Fact]
    public void WindowsOfTokensThatAreSkipped() => AssertMistake(
        "NRNN0071", "MaxPooling1D(3)", "'max_pooling1d' puts steps that lie side by side together, but 'embedding' skips some of them: leave MaskZero out",
        "[RnnModel, Embedding(5, 2, MaskZero = true), MaxPooling1D(3), Gru(2)] partial class Model;");

    [Theory]
    [InlineData("Conv1D(3, 2)", "Conv1D(3, 2)", "'conv1d' gives one output for each of the windows of 'conv1d'")]
    [InlineData("MaxPooling1D(2, Strides = 1), Dense(1)", "Dense(1)", "'dense' gives one output for each of the windows of 'max_pooling1d'")]
    [InlineData("Conv1D(3, 2, Name = \"c\"), Gru(2, ReturnSequences = true, Name = \"g\"), Output(\"c\", \"g\")", "Conv1D(3, 2, Name = \"c\")", "windows of 'c'")]
    public void OutputHasOwnSteps(string layers, string underlined, string message)
    {
        var mistake = Mistake.In(FloatModel.Of(layers))[0];
        Assert.Equal(("NRNN0072", underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Conv1D(3, 2, Name = \"a\"), Conv1D(3, 3, Name = \"b\", Input = \"input\"), Add(\"a\", \"b\"), Gru(2)", "in windows of 2 every 1 with Padding.Valid")]
    [InlineData("MaxPooling1D(Name = \"a\"), Concatenate(\"a\", \"input\"), Gru(2)", "in windows of 2 every 2 with Padding.Valid")]
    public void WindowsThatDiffer(string layers, string message) => Assert.Contains(message, Mistake.In(FloatModel.Of(layers)).Single(mistake => mistake.Id == "NRNN0066").Message, StringComparison.Ordinal);

    [Fact]
    public void MoreStepsThanAreRepeated() => AssertMistake(
        "NRNN0004", "Conv1D(3, 4)", "The number of steps that 'conv1d' sees at once must be between 1 and 3, but is 4", FloatModel.Of("Gru(2), RepeatVector(3), Conv1D(3, 4)"));

    [Fact]
    public void NotInADecoder() => AssertMistake(
        "NRNN0031", "Conv1D(3, 2, Padding = Padding.Causal)", "makes its tokens one after the other, which 'conv1d' cannot",
        FloatModel.Of("Lstm(3), Decoder(1, 2), Embedding(5, 2), Conv1D(3, 2, Padding = Padding.Causal), Lstm(3, ReturnSequences = true), Dense(5, Activation = Activation.Softmax)"));

    [Fact]
    public void ADecoderStartsWhereItsEncoderEnded() => AssertMistake(
        "NRNN0031", "Lstm(3, ReturnSequences = true, TrainableInitialState = true)", "starts where its encoder ended: leave TrainableInitialState out on 'lstm_1'",
        FloatModel.Of("Lstm(3, TrainableInitialState = true), Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true, TrainableInitialState = true), Dense(5, Activation = Activation.Softmax)"));

    [Fact]
    public void NoCheckpointsWithWholeSequences()
    {
        var generation = Generation.Of("using NanoRnn; [RnnModel(InputSize = 4, TimeSteps = 9, BatchSize = 2, CheckpointSteps = 3), Conv1D(3, 2), Gru(2)] partial class Model;");
        Assert.Contains("'conv1d' sees more than steps before its own", Assert.Single(Mistake.Of(generation)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Conv1D(3, 2, Name = \"a\"), MaxPooling1D(2, Strides = 1, Name = \"b\", Input = \"input\"), Concatenate(\"a\", \"b\"), Gru(2)")]
    [InlineData("Conv1D(3, 1)")]
    [InlineData("Conv1D(3, 3, Padding = Padding.Same)")]
    [InlineData("Masking, GlobalMaxPooling1D")]
    [InlineData("Masking, Conv1D(2, 1), GlobalAveragePooling1D")]
    [InlineData("Gru(2), RepeatVector(5), Conv1D(3, 2), MaxPooling1D")]
    [InlineData("Conv1D(3, 2), Conv1D(3, 2, Strides = 2), Lstm(2, GoBackwards = true, ReturnSequences = true), AveragePooling1D(2, Padding = Padding.Causal), Lstm(2, Direction = Direction.Bidirectional), Dense(1)")]
    [InlineData("Conv1D(3, 2), Lstm(3), Decoder(1, 2), Embedding(5, 2), Lstm(3, ReturnSequences = true), Dense(5, Activation = Activation.Softmax)")]
    public void IsValid(string layers) => FloatModel.AssertIsValid(layers);

    private static void AssertMistake(string id, string underlined, string message, string source)
    {
        var mistake = Mistake.In(source).First(mistake => mistake.Id == id);
        Assert.Equal(underlined, mistake.Underlined);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }
}
