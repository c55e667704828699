using NanoRnn.CompilerServices;

namespace NanoRnn.Onnx.Tests;

/// <summary>A file is written as a whole, or not at all with the layer's name as the reason.</summary>
public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    private string Target => Path.Combine(_folder.FullName, "model.onnx");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void SameWeightsAreTheSameBytes()
    {
        using var stream = new MemoryStream();
        new Graph(seed: 1).SaveOnnx(stream);
        File.WriteAllText(Target, "old");
        new Graph(seed: 1).SaveOnnx(Target);
        Assert.Equal(stream.ToArray(), File.ReadAllBytes(Target));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void WhatOnnxCannotSayIsRefusedByName()
    {
        AssertRefused(new Masked(seed: 1), "The layer Masking 'masking' cannot be written as ONNX: ONNX has no steps that are skipped.");
        AssertRefused(new Padded(seed: 1), "Embedding 'embedding'", "with MaskZero");
        AssertRefused(new Translator(seed: 1), "Decoder 'decoder'", "a decoder reads the tokens that it has chosen");
        AssertRefused(new OtherActivation(seed: 1), "Lstm 'lstm'", "ONNX's LSTM has no such activation as gelu");
        AssertRefused(new WithLambda(seed: 1), "Lambda 'lambda'", "it is a function of yours");
        AssertRefused(new WithFunction(seed: 1), "Dense 'doubled'", "its activation is a function of yours");
        AssertRefused(new WithGate(seed: 1), "Lstm 'lstm'", "its recurrent_activation is a function of yours");
        AssertRefused(new WithCell(seed: 1), "CustomRnn 'custom_rnn'", "it is a cell of yours");
        AssertRefused(new FarWindows(seed: 1), "MaxPooling1D 'max_pooling1d'", "windows of three steps or more that lie farther apart than they are long");
        AssertRefused(Integers.From(new IntegersOfFloats(seed: 1).Weights), "Integers cannot be written as ONNX: it computes with 8-bit integers");
    }

    [Fact]
    public void StatesOfWhatDoesNotGoStepByStepAreRefused()
    {
        AssertRefused(new Backward(seed: 1), new OnnxOptions { States = true }, "not every layer goes step by step", "OnnxOptions.States");
        new Backward(seed: 1).SaveOnnx(Target);
    }

    [Fact]
    public void WeightsThatAreNotFiniteAreRefused()
    {
        var model = new Lstms(seed: 1);
        ((IPackedModel<Lstms>)model).PackedWeights.Span[3] = float.NaN;
        var message = Assert.Throws<InvalidOperationException>(() => model.SaveOnnx(Target)).Message;
        Assert.Matches("^Tensor 'lstm.[a-z_]+' has the value NaN at row [0-9]+, column [0-9]+; the model was not saved.$", message);
        Assert.Empty(_folder.GetFiles());
    }

    private void AssertRefused<TModel>(TModel model, params string[] parts)
        where TModel : class, IPackedModel<TModel> => AssertRefused(model, null, parts);

    private void AssertRefused<TModel>(TModel model, OnnxOptions? options, params string[] parts)
        where TModel : class, IPackedModel<TModel>
    {
        var message = Assert.Throws<NotSupportedException>(() => model.SaveOnnx(Target, options)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Empty(_folder.GetFiles());
    }
}
