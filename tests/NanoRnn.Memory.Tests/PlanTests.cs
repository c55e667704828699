using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Memory.Tests;

/// <summary>The constants of every model are what it really takes.</summary>
public sealed class PlanTests
{
    /// <summary>The objects around the buffers: some 60 bytes for each of a dozen buffers, the threads, the generators, the phases.</summary>
    private const int SmallObjects = 3 * 1024;

    private static readonly TrainerOptions Adam = new() { Optimizer = Optimizer.Adam() };

    [Fact]
    public void TrainerTakesWhatTheModelSays()
    {
        ForEachModel.Run(new Taking());
    }

    [Fact]
    public void TrainingAllocatesWhatTheModelSays()
    {
        ForEachModel.Run(new Allocating());
    }

    /// <summary>64 KiB for everything but the samples: the model, the trainer and every object that belongs to them.</summary>
    [Fact]
    public void SmallForecasterTrainsWithin64KiB()
    {
        var inputs = new float[8 * 24];
        var targets = new float[8];
        _ = new Trainer<SmallForecaster>(new SmallForecaster(), Adam);
        var allocated = AllocatedBytes.Of(() =>
        {
            using var trainer = new Trainer<SmallForecaster>(new SmallForecaster(), Adam);
            for (var batch = 0; batch < 5; batch++)
                trainer.TrainBatch(inputs, targets);
        });
        Assert.InRange(allocated, SmallForecaster.Memory.TrainingBytes, 65536);
        Assert.InRange(SmallForecaster.Memory.TrainingBytes, 1, 65536 - SmallObjects);
    }

    [Fact]
    public void OptimizersTakeWhatTheDocumentationSays()
    {
        var other = Deep.Memory.TrainerBytes - Deep.Memory.OptimizerBytes;
        Assert.Equal(2 * Deep.Memory.GradientBytes, Deep.Memory.OptimizerBytes);
        Check(0, Optimizer.Sgd());
        Check(1, Optimizer.Sgd(momentum: 0.9f));
        Check(1, Optimizer.RmsProp());
        Check(2, Optimizer.RmsProp(centered: true));
        Check(2, Optimizer.RmsProp(momentum: 0.5f));
        Check(3, Optimizer.RmsProp(momentum: 0.5f, centered: true));
        Check(2, Optimizer.Adam());

        void Check(int gradients, Optimizer optimizer)
        {
            var options = new TrainerOptions { Optimizer = optimizer };
            Assert.Equal(other + gradients * Deep.Memory.GradientBytes, options.GetMemoryBytes<Deep>());
            using var arena = MemoryArena.Allocate(options.GetMemoryBytes<Deep>());
            using var trainer = new Trainer<Deep>(new Deep(), options, arena);
            Assert.Equal(arena.Length, arena.Used);
        }
    }

    [Fact]
    public void OptionsGoBeforeTheModelsNumbers()
    {
        using var trainer = new Trainer<DeepCheckpoints>(new DeepCheckpoints(), new TrainerOptions());
        Assert.Equal((13, 3, 4), (trainer.Options.TimeSteps, trainer.Options.BatchSize, trainer.Options.CheckpointSteps));
        using var other = new Trainer<DeepCheckpoints>(
            new DeepCheckpoints(), new TrainerOptions { TimeSteps = 3, BatchSize = 9, CheckpointSteps = 2 });
        Assert.Equal((3, 9, 2), (other.Options.TimeSteps, other.Options.BatchSize, other.Options.CheckpointSteps));
        using var without = new Trainer<PredictingOnly>(new PredictingOnly(), new TrainerOptions { TimeSteps = 5 });
        Assert.Equal((5, 32, 0), (without.Options.TimeSteps, without.Options.BatchSize, without.Options.CheckpointSteps));
        Assert.Contains(
            "TrainerOptions.TimeSteps must be set: PredictingOnly has none",
            Assert.Throws<ArgumentException>(() => new Trainer<PredictingOnly>(new PredictingOnly(), new TrainerOptions())).Message,
            StringComparison.Ordinal);
        using var translator = new Trainer<Translator>(new Translator(), new TrainerOptions { Loss = Loss.SparseCategoricalCrossentropy });
        Assert.Equal(4, translator.Options.TargetSteps);
    }

    [Fact]
    public void SummaryHasALineForTraining()
    {
        Assert.Contains(
            $" Training with Adam, 8 sequences of 24 time steps: {SmallForecaster.Memory.TrainingBytes / 1024.0:F2} KB\n",
            SmallForecaster.Summary.ToString(),
            StringComparison.Ordinal);
        Assert.Null(PredictingOnly.Summary.Training);
        Assert.DoesNotContain("Training", PredictingOnly.Summary.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("TrainerBytes", Constants.All<PredictingOnly>().Keys);
    }

    private static TrainerOptions OptionsOf<TModel>()
        where TModel : class, IRnnModel<TModel> =>
        TModel.Layout.Decoder is null ? Adam : Adam with { Loss = Loss.SparseCategoricalCrossentropy };

    private sealed class Taking : ForEachModel.IAction
    {
        public void Run<TModel>()
            where TModel : class, IRnnModel<TModel>
        {
            var bytes = Constants.Of<TModel>("TrainerBytes");
            var options = OptionsOf<TModel>();
            var model = Problem<TModel>.CreateModel();
            Assert.Equal(bytes, options.GetMemoryBytes<TModel>());
            string[] parts = ["TransposedBytes", "GradientBytes", "OptimizerBytes", "TapeBytes", "CheckpointBytes", "BatchBytes"];
            Assert.Equal(bytes, parts.Sum(Constants.Of<TModel>));
            Assert.Equal(bytes + Constants.Of<TModel>("WeightBytes"), Constants.Of<TModel>("TrainingBytes"));

            using (var arena = MemoryArena.Allocate(bytes))
            {
                using var trainer = new Trainer<TModel>(model, options, arena);
                Assert.Equal((bytes, bytes), (trainer.MemoryBytes, arena.Used));
                new Problem<TModel>(trainer.Options).TrainBatch(trainer);
            }

            using var small = MemoryArena.Allocate(bytes - 1);
            var message = Assert.Throws<ArgumentException>(() => new Trainer<TModel>(model, options, small)).Message;
            Assert.Equal($"{bytes} bytes are needed, but the arena has {bytes - 1} left of {bytes - 1}.", message);
            Assert.Equal(0, small.Used);
        }
    }

    private sealed class Allocating : ForEachModel.IAction
    {
        public void Run<TModel>()
            where TModel : class, IRnnModel<TModel>
        {
            var options = OptionsOf<TModel>();
            _ = new Trainer<TModel>(Problem<TModel>.CreateModel(), options);
            var allocated = AllocatedBytes.Of(
                () => new Trainer<TModel>(TModel.Create(new AlignedBuffer(TModel.Layout.WeightLength)), options).Dispose());
            var planned = Constants.Of<TModel>("TrainingBytes");

            // Penalties are found once, with a number for every weight, and kept as runs of weights.
            var penalties = TModel.Layout.Tensors.Any(tensor => tensor.L2 != 0) ? 3 * Constants.Of<TModel>("WeightBytes") : 0;
            Assert.InRange(allocated, planned, planned + SmallObjects + penalties);
        }
    }
}
