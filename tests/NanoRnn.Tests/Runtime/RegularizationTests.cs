using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Tests.Runtime;

/// <summary>Penalties and their gradients against plain sums in double.</summary>
public class RegularizationTests
{
    private const int TimeSteps = 3;

    private static readonly TrainerOptions Options = new()
    {
        BatchSize = 4, TimeSteps = TimeSteps, Optimizer = Optimizer.Sgd(1), Shuffle = false,
    };

    private static readonly SequenceDataset Data = CreateData(6);

    [Fact]
    public void PenaltyIsThatOfAllTensors()
    {
        var model = Create<Regularized>();
        var penalty = PenaltyOf(model);
        Assert.Equal(penalty, new WeightRegularization(LayoutOf(model)).Compute(Packed(model)), 1e-12 * penalty);
    }

    [Fact]
    public void GradientIsThatOfEveryElementAndPaddingStaysZero()
    {
        var model = Create<Regularized>();
        var gradients = new float[Packed(model).Length];
        new WeightRegularization(LayoutOf(model)).AddGradient(Packed(model), gradients);
        AssertGradient(LayoutOf(model), Packed(model), gradients);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(19)]
    [InlineData(33)]
    public void BlocksOfEveryWidthAreCovered(int units)
    {
        for (var chosen = 0; chosen < 3; chosen++)
        {
            var layout = CreateBlocks(units, chosen);
            var weights = new AlignedBuffer(layout.WeightLength);
            ModelInitializer.Initialize(layout, weights, seed: 1);
            var regularization = new WeightRegularization(layout);
            var (penalty, gradients) = (PenaltyOf(layout, weights.Span), new float[weights.Length]);
            Assert.Equal(penalty, regularization.Compute(weights.Span), 1e-12 * penalty);
            regularization.AddGradient(weights.Span, gradients);
            AssertGradient(layout, weights.Span, gradients);
        }
    }

    [Fact]
    public void PenaltyAndGradientAreAddedToTheLosses()
    {
        var (regularized, plain) = (Create<Regularized>(), Create<Unregularized>());
        var before = Packed(regularized).ToArray();
        var penalty = PenaltyOf(regularized);
        var (inputs, targets) = Batch(4);
        var loss = new Trainer<Regularized>(regularized, Options).TrainBatch(inputs, targets);
        var plainLoss = new Trainer<Unregularized>(plain, Options).TrainBatch(inputs, targets);

        Assert.Equal(plainLoss + penalty, loss, 1e-5);
        foreach (var tensor in LayoutOf(regularized).Tensors)
        {
            ForEach(tensor, i => Assert.Equal(
                Packed(plain)[i] - GradientOf(tensor, before[i]), Packed(regularized)[i], 1e-5));
        }

        AssertPaddingIsZero(LayoutOf(regularized), Packed(regularized));
    }

    [Fact]
    public void GradientIsAddedBeforeClipping()
    {
        const float Bound = 0.01f;
        var model = Create<Regularized>();
        var before = Packed(model).ToArray();
        var (inputs, _) = Batch(1);
        var perfect = new float[1];
        model.PredictBatch(inputs, TimeSteps, perfect);
        var options = Options with { Optimizer = Optimizer.Sgd(1) with { ClipValue = Bound } };
        var penalty = PenaltyOf(model);
        Assert.Equal(penalty, new Trainer<Regularized>(model, options).TrainBatch(inputs, perfect), 1e-6 * penalty);
        foreach (var tensor in LayoutOf(model).Tensors)
        {
            ForEach(tensor, i => Assert.Equal(
                before[i] - Math.Clamp(GradientOf(tensor, before[i]), -Bound, Bound), Packed(model)[i], 1e-6));
        }
    }

    [Fact]
    public void FitAndEvaluateCountThePenaltyOnce()
    {
        var (regularized, plain) = (Create<Regularized>(), Create<Unregularized>());
        var expected = new Trainer<Unregularized>(plain, Options).Evaluate(Data) + PenaltyOf(regularized);
        var trainer = new Trainer<Regularized>(regularized, Options with { Optimizer = Optimizer.Sgd(0) });
        var history = trainer.Fit(Data, epochs: 1, validation: Data);
        Assert.Equal(expected, trainer.Evaluate(Data), 1e-5);
        Assert.Equal(expected, history.Loss[0], 1e-5);
        Assert.Equal(trainer.Evaluate(Data), history.ValidationLoss[0]);
    }

    [Fact]
    public void TrainingShrinksThePenalty()
    {
        var model = Create<Regularized>();
        var before = PenaltyOf(model);
        new Trainer<Regularized>(model, Options with { Optimizer = Optimizer.Adam(0.01f) }).Fit(Data, epochs: 50);
        Assert.InRange(PenaltyOf(model), 0, before / 4);
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        Assert.Equal(Train(1), Train(3));

        static float[] Train(int threads)
        {
            var model = Create<Regularized>();
            using var trainer = new Trainer<Regularized>(
                model, Options with { Threads = threads, Optimizer = Optimizer.Adam() with { ClipNorm = 0.1f } });
            var history = trainer.Fit(Data, epochs: 5, validation: Data);
            return [.. history.Loss, .. history.ValidationLoss, .. Packed(model)];
        }
    }

    [Fact]
    public void NothingIsAllocatedInSteps()
    {
        var trainer = new Trainer<Regularized>(Create<Regularized>(), Options with { Optimizer = Optimizer.Adam() });
        var (inputs, targets) = Batch(4);
        trainer.TrainBatch(inputs, targets);
        trainer.Evaluate(Data);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            trainer.TrainBatch(inputs, targets);
            trainer.Evaluate(Data);
        }));
    }

    [Fact]
    public void WithoutPenaltiesGradientsAreLeftAlone()
    {
        var model = Create<Unregularized>();
        Packed(model).Fill(float.NaN);
        var gradients = new float[Packed(model).Length];
        gradients.AsSpan().Fill(-0f);
        var regularization = new WeightRegularization(LayoutOf(model));
        Assert.Equal(0, regularization.Compute(Packed(model)));
        regularization.AddGradient(Packed(model), gradients);
        Assert.All(gradients, gradient => Assert.True(float.IsNegative(gradient)));
    }

    [Fact]
    public void WeightsThatAreNotFiniteAreSeen()
    {
        var layout = CreateBlocks(units: 5, chosen: 0);
        var tensor = layout.Tensors[0];
        var weights = new float[layout.WeightLength];
        weights[tensor.IndexOf(0, 0)] = float.NaN;
        weights[tensor.IndexOf(0, 1)] = float.NegativeInfinity;
        var gradients = new float[weights.Length];
        var regularization = new WeightRegularization(layout);
        regularization.AddGradient(weights, gradients);
        Assert.True(double.IsNaN(regularization.Compute(weights)));
        Assert.True(float.IsNaN(gradients[tensor.IndexOf(0, 0)]));
        Assert.Equal(float.NegativeInfinity, gradients[tensor.IndexOf(0, 1)]);
        Assert.Equal(weights.Length - 2, gradients.Count(gradient => gradient == 0));
    }

    [Fact]
    public void TheLargestFactorLeavesPaddingZero()
    {
        var layout = CreateBlocks(units: 5, chosen: 0, factor: float.MaxValue);
        var gradients = new float[layout.WeightLength];
        new WeightRegularization(layout).AddGradient(new float[layout.WeightLength], gradients);
        Assert.All(gradients, gradient => Assert.Equal(0, gradient));
    }

    /// <summary>With weights of both signs and zeros, in biases too.</summary>
    private static TModel Create<TModel>()
        where TModel : class, IRnnModel<TModel>
    {
        var weights = new AlignedBuffer(TModel.Layout.WeightLength);
        var random = new RandomGenerator(9);
        foreach (var tensor in TModel.Layout.Tensors)
            ForEach(tensor, i => weights.Span[i] = random.NextInt(10) == 0 ? 0 : random.NextUniform(-0.5f, 0.5f));
        return TModel.Create(weights);
    }

    private static Span<float> Packed<TModel>(TModel model)
        where TModel : class, IRnnModel<TModel> => model.PackedWeights.Span;

    private static ModelLayout LayoutOf<TModel>(TModel _)
        where TModel : class, IRnnModel<TModel> => TModel.Layout;

    private static double PenaltyOf<TModel>(TModel model)
        where TModel : class, IRnnModel<TModel> => PenaltyOf(TModel.Layout, model.PackedWeights.Span);

    private static double PenaltyOf(ModelLayout layout, ReadOnlySpan<float> weights)
    {
        var copy = weights.ToArray();
        var sum = 0.0;
        foreach (var tensor in layout.Tensors)
            ForEach(tensor, i => sum += tensor.L1 * Math.Abs((double)copy[i]) + tensor.L2 * ((double)copy[i] * copy[i]));
        return sum;
    }

    private static double GradientOf(TensorLayout tensor, float weight) => tensor.L1 * (double)Math.Sign(weight) + 2.0 * tensor.L2 * weight;

    private static void AssertGradient(ModelLayout layout, ReadOnlySpan<float> weights, float[] gradients)
    {
        var copy = weights.ToArray();
        foreach (var tensor in layout.Tensors)
            ForEach(tensor, i => Assert.Equal(GradientOf(tensor, copy[i]), gradients[i], 1e-7));
        AssertPaddingIsZero(layout, gradients);
    }

    private static void AssertPaddingIsZero(ModelLayout layout, ReadOnlySpan<float> values)
    {
        var padding = values.ToArray();
        foreach (var tensor in layout.Tensors)
            ForEach(tensor, i => padding[i] = 0);
        Assert.Equal(-1, MemoryMarshal.Cast<float, int>(padding.AsSpan()).IndexOfAnyExcept(0));
    }

    private static void ForEach(TensorLayout tensor, Action<int> action)
    {
        for (var i = 0; i < tensor.Rows * tensor.Columns; i++)
            action(tensor.IndexOf(i / tensor.Columns, i % tensor.Columns));
    }

    private static (float[] Inputs, float[] Targets) Batch(int rows)
    {
        var (inputs, targets) = (new List<float>(), new List<float>());
        for (var row = 0; row < rows; row++)
        {
            inputs.AddRange(Data.GetInput(row));
            targets.AddRange(Data.GetTarget(row));
        }

        return ([.. inputs], [.. targets]);
    }

    private static SequenceDataset CreateData(int count)
    {
        var random = new RandomGenerator(4);
        var (inputs, targets) = (new float[count * TimeSteps * 3], new float[count]);
        foreach (ref var value in inputs.AsSpan())
            value = random.NextUniform(-1, 1);
        foreach (ref var value in targets.AsSpan())
            value = random.NextUniform(-1, 1);
        return new SequenceDataset(inputs, targets, TimeSteps, 3, 1);
    }

    /// <summary>A layer of two gates with a bias, a kernel of three rows, and one more bias behind it; the chosen one has penalties.</summary>
    private static ModelLayout CreateBlocks(int units, int chosen, float factor = 0.5f)
    {
        const int Slots = 2 + 3 * 2 + 2;
        var padded = units / 16 * 16 + (units % 16) switch { 0 => 0, <= 4 => 4, <= 8 => 8, _ => 16 };
        var tensors = new[] { (Rows: 1, Slot: 0), (Rows: 3, Slot: 2), (Rows: 1, Slot: 8) }.Select((tensor, i) => new BlockedTensorLayout
        {
            Name = $"w{i}",
            Shape = [tensor.Rows, 2 * units],
            Initializer = Initializer.RandomNormal,
            L1 = i == chosen ? factor / 2 : 0,
            L2 = i == chosen ? factor : 0,
            Offset = 0,
            Units = units,
            SlotsPerBlock = Slots,
            GateSlots = [tensor.Slot, tensor.Slot + 1],
            RowStrides = [2, 2],
        });
        return new ModelLayout
        {
            ModelName = "Blocks",
            InputSize = 1,
            OutputSize = 1,
            ReturnsSequences = false,
            OutputActivation = Activation.Linear,
            StateLength = 0,
            IsStreamable = true,
            WeightLength = (padded * Slots + 15) / 16 * 16,
            TransposedLength = 0,
            GradientPieces = 1,
            Tensors = [.. tensors],
        };
    }
}
