using NanoRnn.CompilerServices;

namespace NanoRnn.Onnx.Tests;

/// <summary>ONNX Runtime computes what the model does, for every batch and number of steps.</summary>
public sealed class RuntimeTests
{
    private const double Tolerance = 1e-6;

    private static readonly int[] Steps = [1, 9, 6];

    /// <summary>So many that there are windows of windows.</summary>
    private static readonly int[] ManySteps = [12, 13, 19];

    private static readonly int[] Pieces = [1, 4, 1, 2];

    private static readonly (string Name, int Units)[] StreamStates = [("lstm.h", 4), ("lstm.c", 4), ("gru.h", 3), ("simple_rnn.h", 5)];

    [Fact]
    public void RecurrentLayers()
    {
        AssertEqual(new SimpleRnns(seed: 1));
        AssertEqual(new Lstms(seed: 2));
        AssertEqual(new Grus(seed: 3));
        AssertEqual(new GrusWithoutBias(seed: 4));
        AssertEqual(new Started(seed: 26));
    }

    [Fact]
    public void BothDirections()
    {
        AssertEqual(new BothWays(seed: 5));
        AssertEqual(new BothWaysLast(seed: 6));
        AssertEqual(new Repeated(seed: 7));
        AssertEqual(new Backwards(seed: 8));
    }

    [Fact]
    public void AllActivations()
    {
        AssertEqual(new RecurrentActivations(seed: 9));
        AssertEqual(new Activations(seed: 10));
        AssertEqual(new ActivationLayers(seed: 11));
    }

    [Fact]
    public void TokensAndNormalizations()
    {
        AssertEqual<Words, int>(new Words(seed: 12), features: 1, (random, count) => Array.ConvertAll(new int[count], _ => random.Next(7)));
        AssertEqual(new Standardized(seed: 13));
        AssertEqual(new Ranged(seed: 14));
    }

    [Fact]
    public void Graphs()
    {
        AssertEqual(new Graph(seed: 15));
        AssertEqual(new Vectors(seed: 16));
    }

    [Fact]
    public void ConvolutionsAndPooling()
    {
        AssertEqual(new Convolutions(seed: 22));
        AssertEqual(new StridedConvolutions(seed: 23), ManySteps);
        AssertEqual(new Poolings(seed: 24), ManySteps);
        AssertEqual(new NormalizedBatches(seed: 25), ManySteps);
        AssertEqual(new ConvolvedPositions(seed: 26), ManySteps);
        AssertEqual(new FarApart(seed: 31), ManySteps);
    }

    [Fact]
    public void AttentionToOtherSteps()
    {
        AssertEqual(new DotAttention(seed: 27));
        AssertEqual(new AdditiveAttentions(seed: 28));
    }

    /// <summary>States that are weights are those of a new sequence, where none are given.</summary>
    [Fact]
    public void LearnedStatesMayBeLeftOut()
    {
        var model = new StartedSession(seed: 29);
        Randomize(model.Weights);
        using var onnx = OnnxSession.Of(model, new OnnxOptions { States = true });
        using var session = model.CreateSession();
        var (random, rows, output) = (new Random(30), new float[2 * 4 * 3], new float[StartedSession.OutputSize]);
        rows = Floats(random, rows.Length);
        var outputs = onnx.Run(rows, [2, 4, 3], ("gru.h", [3], new float[6]));
        var expected = new float[2 * StartedSession.OutputSize];
        model.PredictBatch(rows, 4, expected);
        AssertEqual(expected, outputs["output"]);

        // They are taken where they are given.
        session.Predict(rows.AsSpan(0, 12), output);
        outputs = onnx.Run(rows[..12], [1, 4, 3], ("gru.h", [3], new float[3]));
        var next = Floats(random, 3);
        session.Predict(next, output);
        outputs = onnx.Run(next, [1, 1, 3], [.. StreamStates.Select(state => (state.Name, (int[])[state.Units], outputs[state.Name + "_next"]))]);
        AssertEqual(output, outputs["output"]);
    }

    [Fact]
    public void WeightsOfSixteenBitsAreTheirFloats() => AssertEqual(Reduced.From(new Lstms(seed: 17).Weights));

    [Fact]
    public void InputsAndOutputsHaveNamesAndShapes()
    {
        Assert.Equal(["input [batch, time, 3]", "output [batch, 2]"], SignatureOf(new Lstms(seed: 1)));
        Assert.Equal(["input [batch, time]", "output [batch, time, 7]"], SignatureOf(new Words(seed: 1)));
        Assert.Equal(["input [batch, time, 3]", "output [batch, 5, 2]"], SignatureOf(new Repeated(seed: 1)));
        Assert.Equal(
            ["input [batch, time, 3]", "gains [batch, time, 3]", "vad [batch, time, 1]", "all [batch, time, 11]"], SignatureOf(new Graph(seed: 1)));
        Assert.Equal(["input [batch, time, 3]", "second [batch, 3]", "output [batch, 2]"], SignatureOf(new Vectors(seed: 1)));
        Assert.Equal(
            [
                "input [batch, time, 3]", "lstm.h [batch, 4]", "lstm.c [batch, 4]", "gru.h [batch, 3]", "simple_rnn.h [batch, 5]",
                "lstm.h_next [batch, 4]", "lstm.c_next [batch, 4]", "gru.h_next [batch, 3]", "simple_rnn.h_next [batch, 5]", "output [batch, 2]",
            ],
            SignatureOf(new Streamed(seed: 1), new OnnxOptions { States = true }));
    }

    /// <summary>Pieces of a sequence with the states passed on give what a session gives, and leave the same states.</summary>
    [Fact]
    public void StatesGoOn()
    {
        var model = new Streamed(seed: 18);
        Randomize(model.Weights);
        using var session = model.CreateSession();
        var state = new float[Streamed.Session.StateSize];
        AssertGoesOn(
            model, Streamed.OutputSize, everyStep: false, session.Predict, [("lstm.h", [4]), ("lstm.c", [4]), ("gru.h", [3]), ("simple_rnn.h", [5])],
            states =>
            {
                session.GetState(state);
                AssertEqual(state, states);
            });
    }

    [Fact]
    public void PastStepsOfConvolutionsGoOn()
    {
        var model = new StreamedConvolutions(seed: 25);
        Randomize(model.Weights);
        using var session = model.CreateSession();
        AssertGoesOn(
            model, StreamedConvolutions.OutputSize, everyStep: true, session.Predict, [("conv1d.past", [4, 3]), ("gru.h", [4]), ("conv1d_1.past", [1, 4])], _ => { });
    }

    private delegate void Prediction(ReadOnlySpan<float> sequence, Span<float> output);

    private static void AssertGoesOn<TModel>(
        TModel model, int outputSize, bool everyStep, Prediction predict, (string Name, int[] Shape)[] states, Action<float[]> check)
        where TModel : class, IPackedModel<TModel>
    {
        using var onnx = OnnxSession.Of(model, new OnnxOptions { States = true });
        var values = Array.ConvertAll(states, state => new float[state.Shape.Aggregate(1, (size, dimension) => size * dimension)]);
        var random = new Random(19);
        foreach (var steps in Pieces)
        {
            var inputs = Floats(random, steps * 3);
            var expected = new float[(everyStep ? steps : 1) * outputSize];
            predict(inputs, expected);
            var outputs = onnx.Run(inputs, [1, steps, 3], [.. states.Zip(values, (state, value) => (state.Name, state.Shape, value))]);
            AssertEqual(expected, outputs["output"]);
            values = Array.ConvertAll(states, state => outputs[state.Name + "_next"]);
            check([.. values.SelectMany(value => value)]);
        }
    }

    private static void AssertEqual<TModel>(TModel model, IReadOnlyList<int>? steps = null)
        where TModel : class, IPackedModel<TModel>, ISequencePredictor<float> =>
        AssertEqual<TModel, float>(model, features: 3, Floats, steps);

    private static void AssertEqual<TModel, TInput>(TModel model, int features, Func<Random, int, TInput[]> draw, IReadOnlyList<int>? steps = null)
        where TModel : class, IPackedModel<TModel>, ISequencePredictor<TInput>
        where TInput : unmanaged
    {
        var layout = TModel.Layout;
        if (layout.Precision == Precision.Float32)
            Randomize(new WeightCollection(layout, model.PackedWeights));
        using var onnx = OnnxSession.Of(model);
        var random = new Random(20);
        foreach (var (batch, count) in Enumerable.Range(1, 3).Zip(steps ?? Steps))
        {
            var inputs = draw(random, batch * count * features);
            var rows = batch * (layout.ReturnsSequences ? layout.OutputSteps > 0 ? layout.OutputSteps : count : 1);
            var expected = new float[rows * layout.OutputSize];
            model.PredictBatch(inputs, count, expected);
            var outputs = onnx.Run(inputs, features == 1 ? [batch, count] : [batch, count, features]);
            if (layout.Outputs.IsEmpty)
            {
                AssertEqual(expected, outputs["output"]);
                continue;
            }

            foreach (var output in layout.Outputs)
            {
                AssertEqual(
                    [.. Enumerable.Range(0, rows).SelectMany(row => expected.AsSpan(row * layout.OutputSize + output.Start, output.Length).ToArray())],
                    outputs[output.Name]);
            }
        }
    }

    /// <summary>So that no bias is zero, and every place of a tensor is told from every other.</summary>
    private static void Randomize(WeightCollection weights)
    {
        var random = new Random(21);
        foreach (var tensor in weights)
        {
            // Variances are positive, and maxima are above minima.
            var offset = tensor.Name.EndsWith("variance", StringComparison.Ordinal) || tensor.Name.EndsWith("maximum", StringComparison.Ordinal) ? 2 : 0;
            tensor.CopyFrom(Array.ConvertAll(Floats(random, tensor.Count), value => value + offset));
        }
    }

    private static void AssertEqual(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var bound = Tolerance * Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound, $"Output {i} is {actual[i]:R} in ONNX Runtime, {expected[i]:R} here.");
    }

    private static IEnumerable<string> SignatureOf<TModel>(TModel model, OnnxOptions? options = null)
        where TModel : class, IPackedModel<TModel>
    {
        using var onnx = OnnxSession.Of(model, options);
        return [.. onnx.Signature];
    }

    private static float[] Floats(Random random, int count) => Array.ConvertAll(new float[count], _ => 2 * random.NextSingle() - 1);
}
