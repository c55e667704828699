using System.Buffers.Binary;
using System.Text;
using NanoRnn.CompilerServices;

namespace NanoRnn.Weights.Tests;

/// <summary>A file knows of which layers its weights are.</summary>
public sealed class DescriptionTests
{
    private const string Described =
        "1; Input input features=1; Lstm lstm units=8 activation=tanh recurrent_activation=sigmoid use_bias=true return_sequences=false " +
        "go_backwards=false direction=forward; Dense dense units=1 activation=linear use_bias=true";

    private readonly byte[] _file = Forecaster.Pretrained.ToBytes();

    private string Header => Encoding.UTF8.GetString(_file.AsSpan(8, HeaderLength));

    private int HeaderLength => (int)BinaryPrimitives.ReadUInt64LittleEndian(_file);

    private static string[] Descriptions =>
    [
        Description<Gates>(), Description<Tokens>(), Description<Translator>(), Description<MaskedForecaster>(), Description<LongerForecaster>(),
        Description<Scaled>(), Description<ScaledForecaster>(),
    ];

    /// <summary>What is written once is read for ever: a change here makes files that were saved before it unreadable.</summary>
    [Fact]
    public void DescriptionIsThatOfTheDocuments()
    {
        Assert.Equal(Described, Description<Forecaster>());
        Assert.Contains($"\"layers\":\"{Described}\"", Header, StringComparison.Ordinal);
        Assert.Equal(
            [
                "1; Input input features=3; Gru gru units=19 activation=tanh recurrent_activation=sigmoid use_bias=true reset_after=true " +
                "return_sequences=true go_backwards=false direction=forward; Gru gru_1 units=5 activation=tanh recurrent_activation=sigmoid " +
                "use_bias=false reset_after=false return_sequences=true go_backwards=false direction=forward; LayerNormalization " +
                "layer_normalization epsilon=0.001; SimpleRnn simple_rnn units=9 activation=tanh use_bias=true return_sequences=false " +
                "go_backwards=false direction=forward; Dense dense units=6 activation=softmax use_bias=true",
                "1; Input input tokens=1; Embedding embedding vocabulary=7 dimensions=5 mask_zero=false; Lstm lstm units=6 activation=tanh " +
                "recurrent_activation=sigmoid use_bias=true return_sequences=false go_backwards=false direction=bidirectional merge_mode=concat; " +
                "Dense dense units=3 activation=linear use_bias=true",
                "1; Input input tokens=1; Embedding embedding vocabulary=6 dimensions=3 mask_zero=false; Gru gru units=4 activation=tanh " +
                "recurrent_activation=sigmoid use_bias=true reset_after=true return_sequences=false go_backwards=false direction=forward; Decoder " +
                "decoder start_token=1 end_token=2; Embedding embedding_1 vocabulary=5 dimensions=2 mask_zero=false; Gru gru_1 units=4 " +
                "activation=tanh recurrent_activation=sigmoid use_bias=true reset_after=true return_sequences=true go_backwards=false " +
                "direction=forward; Dense dense units=5 activation=softmax use_bias=true",
                Described.Replace("; Lstm", "; Masking masking mask_value=-1; Lstm", StringComparison.Ordinal),
                Described + "; Activation activation activation=tanh",
                "1; Input input features=3; Normalization normalization kind=min_max; Gru gru units=5 activation=tanh recurrent_activation=sigmoid " +
                "use_bias=true reset_after=true return_sequences=false go_backwards=false direction=forward; Dense dense units=2 activation=linear " +
                "use_bias=true; Denormalization denormalization kind=min_max",
                Described.Replace("; Lstm", "; Normalization normalization kind=standard; Lstm", StringComparison.Ordinal),
            ],
            Descriptions);
        Assert.Contains("activation=SwishForecaster.Swish@1.", Description<SwishForecaster>(), StringComparison.Ordinal);
        Assert.Contains("CustomRnn custom_rnn units=4 cell=cell@1.", Description<LeakyCell>(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherComputationIsRefusedInEveryWay()
    {
        AssertRefused<ReluForecaster>("layer 1 'lstm' has activation tanh in the file, relu in the model");
        AssertRefused<HardGateForecaster>("layer 1 'lstm' has recurrent_activation sigmoid in the file, hard_sigmoid in the model");
        AssertRefused<BackwardForecaster>("layer 1 'lstm' has go_backwards false in the file, true in the model");
        AssertRefused<SequenceForecaster>("layer 1 'lstm' has return_sequences false in the file, true in the model");
        AssertRefused<LongerForecaster>("the model has layer 3, Activation 'activation', the file has not");
        AssertRefused<MaskedForecaster>("layer 1 is Lstm 'lstm' in the file, Masking 'masking' in the model");
        AssertRefused<ScaledForecaster>("layer 1 is Lstm 'lstm' in the file, Normalization 'normalization' in the model");
        AssertRefused<HalfReluForecaster>("layer 1 'lstm' has activation tanh in the file, relu in the model");
        AssertRefused<SwishForecaster>("layer 1 'lstm' has activation tanh in the file, SwishForecaster.Swish@1.");
        var exception = Assert.Throws<ModelFileException>(() => Forecaster.Load(new LongerForecaster().ToBytes()));
        Assert.Equal("model data: the file has layer 3, Activation 'activation', the model has not.", exception.Message);
        Assert.Contains(
            "has activation tanh in the collection, relu in the model",
            Assert.Throws<ArgumentException>(() => HalfReluForecaster.From(Forecaster.Pretrained.Weights)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhatOutputsDoNotDependOnIsNoDifference()
    {
        TrainedForecaster.Load(_file);
        Forecaster.Load(new TrainedForecaster().ToBytes());
        HalfForecaster.Load(_file);
        HalfForecaster.Load(HalfForecaster.Load(_file).ToBytes());
    }

    [Fact]
    public void FunctionsAndCellsAreWhatTheyCompute()
    {
        var swish = new SwishForecaster().ToBytes();
        RenamedSwishForecaster.Load(swish);
        Assert.Contains(
            "layer 1 'lstm' has activation SwishForecaster.Swish@1.",
            Assert.Throws<ModelFileException>(() => SteepSwishForecaster.Load(swish)).Message, StringComparison.Ordinal);
        LeakyCell.Load(new LeakyCell().ToBytes());
        Assert.Contains(
            "layer 1 'custom_rnn' has cell cell@1.",
            Assert.Throws<ModelFileException>(() => LeakierCell.Load(new LeakyCell().ToBytes())).Message, StringComparison.Ordinal);

        // A digest of another version says nothing.
        _ = SteepSwishForecaster.Load(With(swish, "Swish@1.", "Swish@2."));
    }

    [Fact]
    public void FileWithoutDescriptionIsTaken()
    {
        Forecaster.Load(With(_file, ",\"layers\":\"" + Described + "\"", ""));
        Forecaster.Load(With(_file, "\"nanornn\"", "\"pt\"", "linear", "tanh"));
    }

    [Theory]
    [InlineData("1; Input", "2; Input", "the file describes its layers in version '2', expected version '1'")]
    [InlineData("activation=linear ", "", "layer 2 'dense' has no activation in the file, linear in the model")]
    [InlineData("activation=linear ", "activation=linear depth=7 ", "layer 2 'dense' has depth 7 in the file, none in the model")]
    [InlineData("features=1", "features=1.0", null)]
    [InlineData("features=1", "features=2", "the input 'input' has features 2 in the file, 1 in the model")]
    [InlineData("; Dense dense units=1", "; ", "layer 2 is  'activation=linear' in the file, Dense 'dense' in the model")]
    [InlineData("activation=linear", "activation=\\u001b[31m\\u202e", "layer 2 'dense' has activation \\u001B[31m\\u202E in the file")]
    public void DescriptionIsReadToTheLetter(string from, string to, string? expected)
    {
        var file = With(_file, from, to);
        if (expected is null)
            Forecaster.Load(file);
        else
            Assert.Contains(expected, Assert.Throws<ModelFileException>(() => Forecaster.Load(file)).Message, StringComparison.Ordinal);
    }

    private static string Description<TModel>()
        where TModel : class, IPackedModel<TModel> => TModel.Layout.Description!;

    private void AssertRefused<TModel>(string expected)
        where TModel : class, IPackedModel<TModel>
    {
        using var stream = new MemoryStream(_file);
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => ModelStorage.Load<TModel>(_file)).Message, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => ModelStorage.Load<TModel>(stream)).Message, StringComparison.Ordinal);
    }

    /// <summary>A file with something in its header replaced.</summary>
    private static byte[] With(byte[] file, params string[] replacements)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var header = Encoding.UTF8.GetString(file.AsSpan(8, length));
        for (var i = 0; i < replacements.Length; i += 2)
        {
            Assert.Contains(replacements[i], header, StringComparison.Ordinal);
            header = header.Replace(replacements[i], replacements[i + 1], StringComparison.Ordinal);
        }

        var bytes = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)bytes.Length);
        return [.. prefix, .. bytes, .. file.AsSpan(8 + length)];
    }
}
