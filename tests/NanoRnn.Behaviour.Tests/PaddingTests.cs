using System.Runtime.InteropServices;

namespace NanoRnn.Behaviour.Tests;

/// <summary>A padded sequence gives what it gives alone, to the bit: padding before it, within it and behind it, marked or by its length.</summary>
public class PaddingTests
{
    private const int Steps = 4;

    /// <summary>Where the steps of a sequence lie among those of a padded one.</summary>
    private static readonly bool[][] Masks =
    [
        [true, true, true, true, false, false, false],
        [false, false, true, true, true, true],
        [true, false, false, true, true, false, true],
        [false, true, true, false, true, false, true, false],
        [true, true, true, true],
    ];

    private static readonly string[] Masked =
    [
        nameof(ReversedSums), nameof(ReversedOutputs), nameof(ReversedTwice), nameof(ReversedBothWays), nameof(StackedBothWays),
        nameof(ReversedRepeated), nameof(MaskedStream), nameof(MaskedGraph), nameof(ReversedTokens), nameof(TokenStream),
    ];

    public static TheoryData<string> Models => [.. Masked];

    public static TheoryData<string> ModelsByLength => [.. Masked, nameof(ReversedWithoutMask)];

    [Fact]
    public void TwoSumsInOppositeDirections()
    {
        var model = new ReversedSums();
        foreach (var tensor in model.Weights)
            tensor.CopyFrom([tensor.Name.EndsWith("recurrent_kernel", StringComparison.Ordinal) ? 0.5f : tensor.Name.EndsWith("bias", StringComparison.Ordinal) ? 0 : 1]);
        foreach (var sequence in (float[][])[[1, 2, 3], [1, 2, 3, -1, -1], [-1, 1, 2, 3], [-1, 1, -1, -1, 2, 3, -1]])
        {
            var output = new float[1];
            model.Predict(sequence, output);
            Assert.Equal(5.25f, output[0]);
        }

        var byLength = new float[1];
        model.PredictBatch(new float[] { 1, 2, 3, 9, 9 }, 5, [3], byLength);
        Assert.Equal(5.25f, byLength[0]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Predictions(string name) => PaddingCase.Create(name).CheckPredictions();

    [Theory]
    [MemberData(nameof(Models))]
    public void Losses(string name) => PaddingCase.Create(name).CheckLosses();

    [Theory]
    [MemberData(nameof(ModelsByLength))]
    public void Lengths(string name) => PaddingCase.Create(name).CheckLengths();

    [Fact]
    public void Sessions()
    {
        var (model, tokens) = (new MaskedStream(seed: 3), new TokenStream(seed: 3));
        var (features, ids) = (PaddingCase.Features(2 * Steps), PaddingCase.Tokens(Steps));
        foreach (var mask in Masks)
        {
            using var stream = model.CreateSession();
            var (expected, found) = (new float[Steps * 2], new float[mask.Length * 2]);
            model.Predict(features, expected);
            var padded = PaddingCase.Pad(features, mask, 2, -1);
            for (var t = 0; t < mask.Length; t++)
                stream.Step(padded.AsSpan(t * 2, 2), found.AsSpan(t * 2, 2));
            AssertBits(expected, PaddingCase.Counted(found, mask, isReversed: false, 2));

            using var words = tokens.CreateSession();
            var (alone, last) = (new float[4], new float[4]);
            tokens.Predict(ids, alone);
            words.Predict(PaddingCase.Pad(ids, mask, 1, 0), last);
            AssertBits(alone, last);
        }
    }

    /// <summary>Source and target padded: the target in the middle too, where the decoder skips steps.</summary>
    [Fact]
    public void Decoders()
    {
        int[] source = [3, 4, 5, 6], target = [3, 4, 5, 2];
        var expected = Train(source, target);
        foreach (var mask in Masks)
        {
            Assert.Equal(expected.Loss, Train(PaddingCase.Pad(source, mask, 1, 0), target).Loss);
            var padded = Train(source, PaddingCase.Pad(target, mask, 1, 0));
            Assert.Equal(expected.Loss, padded.Loss);
            AssertClose(expected.Weights, padded.Weights);
        }

        var longer = new int[7];
        source.CopyTo(longer, 0);
        longer.AsSpan(Steps).Fill(-1);
        Assert.Equal(expected.Loss, Train(longer, target, Steps).Loss);

        static (float Loss, float[] Weights) Train(int[] source, int[] target, params ReadOnlySpan<int> lengths)
        {
            var model = new ReversedTranslation(seed: 4);
            using var trainer = new Trainer<ReversedTranslation>(model, new TrainerOptions
            {
                Loss = Loss.SparseCategoricalCrossentropy, Optimizer = Optimizer.Sgd(0.1f), BatchSize = 1, TimeSteps = source.Length, TargetSteps = target.Length,
            });
            return (trainer.TrainBatch(source, target, lengths), [.. model.Weights.SelectMany(tensor => tensor.ToArray())]);
        }
    }

    [Fact]
    public void PaddingIsNeverGenerated()
    {
        var model = new ReversedTranslation(seed: 4);
        // Token 0 is the most probable one by far.
        var bias = model.Weights["dense.bias"];
        bias.CopyFrom([9, 0, -9, 0, 0, 0]);
        foreach (var beamWidth in (int[])[1, 3])
        {
            var (output, padded) = (new int[20], new int[20]);
            var length = model.Generate([3, 4, 5], output, beamWidth);
            Assert.DoesNotContain(0, output[..length]);
            Assert.Equal(length, model.Generate([0, 3, 0, 4, 5, 0], padded, beamWidth));
            Assert.Equal(output, padded);
        }
    }

    internal static void AssertBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> found) =>
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(found).ToArray());

    /// <summary>Weight gradients are sums over all places of a batch, in an order that depends on where they are.</summary>
    internal static void AssertClose(float[] expected, float[] found)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-6f);
    }

    /// <summary>A model with a sequence, padded in every way.</summary>
    private abstract class PaddingCase
    {
        public static PaddingCase Create(string name) => name switch
        {
            nameof(ReversedSums) => new Of<ReversedSums, float>(() => new(2), Features(Steps), -1),
            nameof(ReversedOutputs) => new Of<ReversedOutputs, float>(() => new(2), Features(2 * Steps), -1),
            nameof(ReversedTwice) => new Of<ReversedTwice, float>(() => new(2), Features(2 * Steps), -1),
            nameof(ReversedBothWays) => new Of<ReversedBothWays, float>(() => new(2), Features(2 * Steps), -1),
            nameof(StackedBothWays) => new Of<StackedBothWays, float>(() => new(2), Features(2 * Steps), -1),
            nameof(ReversedRepeated) => new Of<ReversedRepeated, float>(() => new(2), Features(2 * Steps), -1),
            nameof(MaskedStream) => new Of<MaskedStream, float>(() => new(2), Features(2 * Steps), -1),
            nameof(MaskedGraph) => new Of<MaskedGraph, float>(() => new(2), Features(2 * Steps), -1),
            nameof(ReversedWithoutMask) => new Of<ReversedWithoutMask, float>(() => new(2), Features(2 * Steps), float.NaN),
            nameof(ReversedTokens) => new Of<ReversedTokens, int>(() => new(2), Tokens(Steps), 0),
            _ => new Of<TokenStream, int>(() => new(2), Tokens(Steps), 0),
        };

        public abstract void CheckPredictions();

        public abstract void CheckLosses();

        public abstract void CheckLengths();

        /// <summary>Numbers one of which, now and then, is the value that would be masked if all features of a step had it.</summary>
        public static float[] Features(int count)
        {
            var random = new RandomGenerator(seed: 5);
            var values = new float[count];
            for (var i = 0; i < count; i++)
                values[i] = count > Steps && i % 3 == 1 ? -1 : random.NextUniform(-0.9f, 1);
            return values;
        }

        public static int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(i => 1 + i * 5 % 6)];

        public static T[] Pad<T>(T[] sequence, bool[] mask, int size, T padding)
        {
            var padded = new T[mask.Length * size];
            var next = 0;
            for (var t = 0; t < mask.Length; t++)
                if (mask[t])
                    sequence.AsSpan(size * next++, size).CopyTo(padded.AsSpan(t * size));
                else
                    padded.AsSpan(t * size, size).Fill(padding);
            return padded;
        }

        /// <summary>What belongs to the steps that count.</summary>
        public static float[] Counted(float[] outputs, bool[] mask, bool isReversed, int size) =>
            [.. outputs.Chunk(size).Where((_, t) => mask[isReversed ? mask.Length - 1 - t : t]).SelectMany(output => output)];
    }

    private sealed class Of<TModel, T>(Func<TModel> create, T[] sequence, T padding) : PaddingCase
        where TModel : class, IMaskModel<TModel, T>
        where T : unmanaged
    {
        private readonly int _inputSize = TModel.Layout.InputSize;
        private readonly int _outputSize = TModel.Layout.OutputSize;
        private readonly bool _isPerStep = TModel.Layout is { ReturnsSequences: true, OutputSteps: 0 };

        private int Positions(int steps) => _isPerStep ? steps : Math.Max(1, TModel.Layout.OutputSteps);

        public override void CheckPredictions()
        {
            var model = create();
            var alone = Predict(model, sequence, Steps);
            foreach (var mask in Masks)
            {
                var padded = Pad(sequence, mask, _inputSize, padding);
                AssertBits(alone, CountedOf(Predict(model, padded, mask.Length), mask));

                // Beside others that are padded elsewhere, more than go side by side.
                T[] batch = [.. Enumerable.Range(0, 19).SelectMany(row => row % 3 == 0 ? padded : Pad(sequence, [.. Enumerable.Reverse(mask)], _inputSize, padding))];
                var outputs = new float[19 * Positions(mask.Length) * _outputSize];
                model.PredictBatch(batch, mask.Length, outputs);
                for (var row = 0; row < 19; row += 3)
                    AssertBits(alone, CountedOf([.. outputs.Chunk(outputs.Length / 19).ElementAt(row)], mask));
            }
        }

        public override void CheckLosses()
        {
            var targets = Targets(Positions(Steps));
            var alone = Train(sequence, Steps, targets, default);
            foreach (var mask in Masks)
            {
                // Outputs of a reversed sequence are in its order, and so are their targets.
                bool[] order = [.. TModel.Layout.OutputIsReversed ? Enumerable.Reverse(mask) : mask];
                var padded = _isPerStep ? Pad(targets, order, targets.Length / Steps, 0) : targets;
                var found = Train(Pad(sequence, mask, _inputSize, padding), mask.Length, padded, default);
                Assert.Equal(alone.Loss, found.Loss);
                AssertClose(alone.Weights, found.Weights);
            }
        }

        public override void CheckLengths()
        {
            const int Longest = 7;
            var model = create();
            var alone = Predict(model, sequence, Steps);
            bool[] mask = [.. Enumerable.Range(0, Longest).Select(t => t < Steps)];
            var longer = Pad(sequence, mask, _inputSize, Nonsense);
            var outputs = new float[Positions(Longest) * _outputSize];
            model.PredictBatch(longer, Longest, [Steps], outputs);
            AssertBits(alone, outputs.AsSpan(0, alone.Length));
            Assert.All(outputs[alone.Length..], output => Assert.Equal(0, output));

            var targets = Targets(Positions(Steps));
            var expected = Train(sequence, Steps, targets, default);
            var found = Train(longer, Longest, _isPerStep ? Pad(targets, mask, targets.Length / Steps, float.NaN) : targets, Steps);
            Assert.Equal(expected.Loss, found.Loss);
            AssertClose(expected.Weights, found.Weights);
        }

        /// <summary>What nobody may read.</summary>
        private static T Nonsense => typeof(T) == typeof(int) ? (T)(object)-1 : (T)(object)float.NaN;

        private float[] CountedOf(float[] outputs, bool[] mask) =>
            _isPerStep ? Counted(outputs, mask, TModel.Layout.OutputIsReversed, _outputSize) : outputs;

        private float[] Predict(TModel model, T[] inputs, int steps)
        {
            var outputs = new float[Positions(steps) * _outputSize];
            model.Predict(inputs, outputs);
            return outputs;
        }

        private float[] Targets(int positions)
        {
            var random = new RandomGenerator(seed: 6);
            return [.. Enumerable.Range(0, TModel.Layout.OutputActivation == Activation.Softmax ? positions : positions * _outputSize)
                .Select(_ => TModel.Layout.OutputActivation == Activation.Softmax ? random.NextInt(_outputSize) : random.NextUniform(-1, 1))];
        }

        private (float Loss, float[] Weights) Train(T[] inputs, int steps, float[] targets, params ReadOnlySpan<int> lengths)
        {
            var model = create();
            using var trainer = new Trainer<TModel>(model, new TrainerOptions
            {
                Loss = TModel.Layout.OutputActivation == Activation.Softmax ? Loss.SparseCategoricalCrossentropy : Loss.MeanSquaredError,
                Optimizer = Optimizer.Sgd(0.1f), BatchSize = 1, TimeSteps = steps,
            });
            var loss = typeof(T) == typeof(int)
                ? trainer.TrainBatch(MemoryMarshal.Cast<T, int>(inputs), targets, lengths)
                : trainer.TrainBatch(MemoryMarshal.Cast<T, float>(inputs), targets, lengths);
            return (loss, [.. model.Weights.SelectMany(tensor => tensor.ToArray())]);
        }
    }
}
