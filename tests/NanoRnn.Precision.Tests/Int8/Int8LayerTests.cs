namespace NanoRnn.Reduced.Tests;

/// <summary>Layers whose kernels are 8-bit integers compute what the plain definition does, to the bit, and nearly what floats do.</summary>
public class Int8LayerTests
{
    private const int TimeSteps = 12;

    [Fact]
    public void SimpleRnnIsItsDefinition() =>
        Check<LinearModels.Int8Rnn>(new LinearModels.Rnn(1).Weights, "simple_rnn", 5, 21, layer => layer.StepRnn);

    [Fact]
    public void LstmIsItsDefinition() =>
        Check<LinearModels.Int8Lstm>(new LinearModels.Lstm(2).Weights, "lstm", 3, 18, layer => layer.StepLstm);

    [Fact]
    public void WideLstmIsItsDefinition() =>
        Check<LinearModels.Int8WideLstm>(new LinearModels.WideLstm(3).Weights, "lstm", 70, 34, layer => layer.StepLstm);

    [Fact]
    public void GruIsItsDefinition() =>
        Check<LinearModels.Int8Gru>(new LinearModels.Gru(4).Weights, "gru", 9, 20, layer => layer.StepGru);

    [Fact]
    public void GruThatResetsBeforeIsItsDefinition() =>
        Check<LinearModels.Int8GruResetBefore>(
            new LinearModels.GruResetBefore(5).Weights, "gru", 4, 7, layer => layer.StepGruResetBefore);

    [Fact]
    public void DenseIsItsDefinition() =>
        Check<LinearModels.Int8Dense>(new LinearModels.Dense(6).Weights, "dense", 130, 45, layer => layer.StepDense);

    /// <summary>
    /// |Δy| ≤ Σ (|x|·scale/2 + |w|·unit/2 + scale·unit/4): half a step of each weight and of each input, and what the rounding of few
    /// floats adds.
    /// </summary>
    [Fact]
    public void RoundingIsWithinItsBound()
    {
        const int Inputs = 130;
        var model = new LinearModels.Dense(7);
        var reduced = LinearModels.Int8Dense.From(model.Weights);
        var (expected, found) = (new float[45], new float[45]);
        var kernel = model.Weights["dense.kernel"];
        foreach (var magnitude in new[] { 1e-30f, 1e-3f, 1, 17, 1e30f })
        {
            var x = RandomFloats(new Random(8), Inputs, magnitude);
            model.Predict(x, expected);
            reduced.Predict(x, found);
            var unit = ReferenceInt8.Quantize(x, 14).Unit;
            for (var column = 0; column < 45; column++)
            {
                float[] elements = [.. Enumerable.Range(0, Inputs).Select(row => kernel[row, column])];
                var scale = ReferenceInt8.QuantizeColumn(elements).Scale;
                var bound = elements.Zip(x).Sum(
                    pair => Math.Abs((double)pair.Second) * scale / 2 + Math.Abs((double)pair.First) * unit / 2 + (double)scale * unit / 4);
                Assert.InRange(Math.Abs((double)expected[column] - found[column]), 0, bound * 1.001);
                Assert.NotEqual(expected[column], found[column]);
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void WhatIsNotFiniteGoesThrough(float culprit)
    {
        var x = new float[130];
        x[77] = culprit;
        var y = new float[45];
        LinearModels.Int8Dense.From(new LinearModels.Dense(9).Weights).Predict(x, y);
        Assert.All(y, value => Assert.True(float.IsNaN(value)));

        // Through a recurrent layer it stays.
        using var session = LinearModels.Int8Gru.From(new LinearModels.Gru(9).Weights).CreateSession();
        var h = new float[20];
        session.Step(new float[9], h);
        Assert.All(h, value => Assert.True(float.IsFinite(value)));
        session.Step([0, 0, culprit, 0, 0, 0, 0, 0, 0], h);
        session.Step(new float[9], h);
        Assert.All(h, value => Assert.True(float.IsNaN(value)));
        session.Reset();
        session.Step(new float[9], h);
        Assert.All(h, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void ColumnsOfZerosAddNothing()
    {
        var model = new LinearModels.Dense(10);
        var (kernel, bias) = (model.Weights["dense.kernel"], model.Weights["dense.bias"]);
        bias[3] = 0.7f;
        for (var row = 0; row < 130; row++)
            kernel[row, 3] = 0;
        var y = new float[45];
        LinearModels.Int8Dense.From(model.Weights).Predict(RandomFloats(new Random(11), 130, 1), y);
        Assert.Equal(0.7f, y[3]);
        Assert.NotEqual(0, y[4]);
    }

    /// <summary>A state that someone sets may be larger than any that the layer computes.</summary>
    [Fact]
    public void StatesOfAnyMagnitudeAreTaken()
    {
        var weights = new LinearModels.Rnn(12).Weights;
        var (model, reduced) = (new LinearModels.Rnn(12), LinearModels.Int8Rnn.From(weights));
        using var session = model.CreateSession();
        using var reducedSession = reduced.CreateSession();
        var state = RandomFloats(new Random(13), 21, 1e6f);
        session.SetState(state);
        reducedSession.SetState(state);
        var (expected, found) = (new float[21], new float[21]);
        session.Step(new float[5], expected);
        reducedSession.Step(new float[5], found);
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.05e6f));
    }

    private static void Check<TReduced>(
        WeightCollection weights, string name, int inputs, int units, Func<ReferenceInt8Layer, Func<float[], float[]>> step)
        where TReduced : class, IReducedModel<TReduced>, ISequencePredictor<float>
    {
        var random = new Random(units);
        foreach (var tensor in weights)
            tensor.CopyFrom(RandomFloats(random, tensor.Count, 0.15f));
        var x = RandomFloats(random, TimeSteps * inputs, 1);
        var layer = step(new ReferenceInt8Layer(weights, name, units));
        var expected = x.Chunk(inputs).SelectMany(layer).ToArray();
        var found = new float[TimeSteps * units];
        TReduced.From(weights).PredictBatch(x, name == "dense" ? 1 : TimeSteps, found);
        Assert.All(expected, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(Cases.Bits(expected), Cases.Bits(found));
    }

    private static float[] RandomFloats(Random random, int length, float magnitude) =>
        [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2 - 1) * magnitude)];
}
