using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Gradients;

/// <summary>Padding, lengths and shorter sequences say the same.</summary>
public class MaskTests
{
    private const int TimeSteps = 6;

    private static readonly int[] _lengths = [4, 6, 1];

    [Fact]
    public void PaddingIsAsIfItWereNotThere()
    {
        var model = SequenceProblem.Create("MaskedTokensLast").Model;

        BitAssert.Same(Predict(model, 3, 1, 4, 2), Predict(model, 0, 3, 1, 0, 0, 4, 2, 0), "Predict with padding");
    }

    [Fact]
    public void PaddingAtTheEndIsALength()
    {
        int[] tokens = [3, 1, 4, 2, 0, 0, 1, 2, 3, 4, 3, 2, 4, 0, 0, 0, 0, 0];
        var padded = new SequenceBatch(TimeSteps, 1, null, tokens);
        var withLengths = padded with { Lengths = _lengths };
        foreach (var name in (string[])["MaskedTokensLast", "MaskedTokensEvery"])
        {
            var (first, second) = (SequenceProblem.Create(name), SequenceProblem.Create(name));
            AssertTrainTheSame(first, padded, second, withLengths);
            foreach (var (a, b) in Valid(first.Model.PredictBatch(padded)).Zip(Valid(second.Model.PredictBatch(withLengths))))
                BitAssert.Same(a, b, name);
        }
    }

    [Theory]
    [InlineData("LstmSum")]
    [InlineData("GruBeforeConcat")]
    [InlineData("MaskedFeatures")]
    [InlineData("MaskedTokensEvery")]
    [InlineData("Repeated")]
    public void FullLengthsAreNone(string name)
    {
        var (first, second) = (SequenceProblem.Create(name), SequenceProblem.Create(name));
        var withLengths = first.Batch with { Lengths = [.. Enumerable.Repeat(first.Batch.TimeSteps, first.Batch.Rows)] };

        BitAssert.Same(first.Model.PredictBatch(first.Batch), second.Model.PredictBatch(withLengths), "PredictBatch");
        AssertTrainTheSame(first, first.Batch, second, withLengths);
    }

    [Theory]
    [InlineData("LstmSum")]
    [InlineData("GruBeforeConcat")]
    [InlineData("MaskedFeatures")]
    [InlineData("Normalized")]
    public void WhatLiesBehindTheEndDoesNotMatter(string name)
    {
        var (first, second) = (SequenceProblem.Create(name, hasLengths: true), SequenceProblem.Create(name, hasLengths: true));
        var batch = first.Batch;
        var features = (float[])batch.Features!.Clone();
        for (var row = 0; row < batch.Rows; row++)
            for (var i = batch.LengthOf(row) * batch.InputSize; i < batch.TimeSteps * batch.InputSize; i++)
                features[row * batch.TimeSteps * batch.InputSize + i] = float.NaN;

        var spoilt = batch with { Features = features };
        BitAssert.Same(first.Model.PredictBatch(batch), second.Model.PredictBatch(spoilt), "PredictBatch");
        AssertTrainTheSame(first, batch, second, spoilt);
    }

    private static void AssertTrainTheSame(SequenceProblem first, SequenceBatch a, SequenceProblem second, SequenceBatch b)
    {
        var reference = first.Reference;
        var targets = GoldenFormula.Targets(
            "masks", first.Problem.Loss, a.Rows * reference.OutputSteps(a.TimeSteps), reference.OutputSize);
        var trainFirst = first.Model.CreateTrainer(first.Problem.Loss, Optimizer.Adam(), a, targets);
        var trainSecond = second.Model.CreateTrainer(second.Problem.Loss, Optimizer.Adam(), b, targets);
        for (var step = 0; step < 3; step++)
            BitAssert.Same([trainFirst()], [trainSecond()], $"Loss {step}");

        foreach (var tensor in reference.Tensors)
            BitAssert.Same(first.Model[tensor.Name], second.Model[tensor.Name], tensor.Name);
    }

    private static float[] Predict(SequenceModel model, params int[] tokens) =>
        model.PredictEach(new SequenceBatch(tokens.Length, 1, null, tokens));

    /// <summary>The outputs of each sequence up to its length; all of it if there is one output for a sequence.</summary>
    private static IEnumerable<float[]> Valid(float[] outputs)
    {
        var stride = outputs.Length / _lengths.Length;
        return _lengths.Select((length, row) =>
            outputs.AsSpan(row * stride, stride % TimeSteps == 0 ? stride / TimeSteps * length : stride).ToArray());
    }
}
