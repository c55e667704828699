using NanoRnn.CompilerServices;

namespace NanoRnn.Memory.Tests;

/// <summary>Training that computes steps again does what training that keeps them does.</summary>
[CollectionDefinition(nameof(CheckpointTests), DisableParallelization = true)]
[Collection(nameof(CheckpointTests))]
public sealed class CheckpointTests
{
    private const int TimeSteps = 17;

    /// <summary>Steps of a range of the backward pass, which its length in bytes decides.</summary>
    private const int RangeSteps = 5;

    private static readonly TrainerOptions Options = new()
    {
        Optimizer = Optimizer.Adam(0.01f), TimeSteps = TimeSteps, BatchSize = 6, Seed = 5,
    };

    /// <summary>The number is of two whole ranges or of one, so that the ranges are the same with and without checkpoints.</summary>
    [Theory]
    [InlineData(RangeSteps)]
    [InlineData(2 * RangeSteps)]
    public void WholeRangesGiveTheSameBits(int checkpointSteps)
    {
        Check<Forecaster>();
        Check<Tagger>();
        Check<Deep>();
        Check<Classifier>();
        Check<Skipping>();
        Check<Dropping>();
        Check<OwnCell>();
        Check<Stateless>();
        Check<Graph>();
        Check<LastStates>();

        void Check<TModel>()
            where TModel : class, IRnnModel<TModel>
        {
            const int RangeLength = 512 * 1024 / sizeof(float);
            var perStep = TModel.GetTapeLength(1, 2, 0) - TModel.GetTapeLength(1, 1, 0);
            var rows = (int)(RangeLength / (RangeSteps * perStep));
            Assert.Equal(RangeSteps, RangeLength / (rows * perStep));
            int[] lengths = [.. Enumerable.Range(0, rows).Select(row => 1 + row * 7 % TimeSteps)];
            var problem = new Problem<TModel>(Options with { BatchSize = rows });
            foreach (var threads in new[] { 1, 2, 3 })
            {
                AssertSame(
                    problem.Train(options => options), problem.Train(options => options with { CheckpointSteps = checkpointSteps, Threads = threads }));
                AssertSame(
                    problem.Train(options => options, 2, lengths),
                    problem.Train(options => options with { CheckpointSteps = checkpointSteps, Threads = threads }, 2, lengths));
            }

            var carried = (TrainerOptions options) => options with { CarryState = true, Shuffle = false };
            AssertSame(problem.Train(carried), problem.Train(options => carried(options) with { CheckpointSteps = checkpointSteps }));
        }
    }

    /// <summary>Other ranges round sums in another order; outputs, and so the first loss, do not depend on them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(TimeSteps - 1)]
    public void OtherRangesDifferByRounding(int checkpointSteps)
    {
        Check<Forecaster>();
        Check<Tagger>();
        Check<Deep>();
        Check<Classifier>();
        Check<Skipping>();
        Check<Dropping>();
        Check<OwnCell>();
        Check<Stateless>();
        Check<Graph>();
        Check<LastStates>();

        void Check<TModel>()
            where TModel : class, IRnnModel<TModel>
        {
            var problem = new Problem<TModel>(Options with { Optimizer = Optimizer.Sgd(0.1f) });
            foreach (var carriesState in new[] { false, true })
            {
                var whole = problem.Train(options => options with { CarryState = carriesState, Shuffle = false });
                var cut = problem.Train(options => options with { CarryState = carriesState, Shuffle = false, CheckpointSteps = checkpointSteps });
                Assert.Equal(BitConverter.SingleToInt32Bits(whole.Losses[0]), BitConverter.SingleToInt32Bits(cut.Losses[0]));
                for (var i = 0; i < whole.Weights.Length; i++)
                    Assert.Equal(whole.Weights[i], cut.Weights[i], 2e-6f);
                for (var threads = 2; threads <= 3; threads++)
                    AssertSame(cut, problem.Train(
                        options => options with { CarryState = carriesState, Shuffle = false, CheckpointSteps = checkpointSteps, Threads = threads }));
            }
        }
    }

    /// <summary>States that are carried on are not those from which an evaluation goes on between its ranges.</summary>
    [Fact]
    public void EvaluationLeavesCarriedStatesAlone()
    {
        var options = Options with { CheckpointSteps = 3, CarryState = true, Shuffle = false };
        var problem = new Problem<Skipping>(options);
        Assert.Equal(Losses(evaluates: false), Losses(evaluates: true));

        List<float> Losses(bool evaluates)
        {
            using var trainer = new Trainer<Skipping>(Problem<Skipping>.CreateModel(), options);
            var dataset = new SequenceDataset(
                Enumerable.Repeat(0.25f, options.BatchSize * 2 * TimeSteps).ToArray(),
                new float[options.BatchSize * 2 * TimeSteps],
                TimeSteps,
                inputSize: 2,
                targetSize: 2 * TimeSteps);
            var losses = new List<float>();
            for (var i = 0; i < 4; i++)
            {
                losses.Add(problem.TrainBatch(trainer));
                if (evaluates)
                    trainer.Evaluate(dataset);
            }

            return losses;
        }
    }

    /// <summary>A batch that is smaller than the trainer's, the last one of an epoch, is a whole one of a smaller trainer.</summary>
    [Fact]
    public void SmallerBatchesAreTheSame()
    {
        const int Rows = 3;
        var problem = new Problem<Dropping>(Options with { BatchSize = Rows });
        AssertSame(
            problem.Train(options => options with { CheckpointSteps = 4 }),
            problem.Train(options => options with { CheckpointSteps = 4, BatchSize = 8 }));
    }

    [Theory]
    [InlineData(TimeSteps)]
    [InlineData(TimeSteps + 1)]
    public void AllStepsAreNoCheckpoints(int checkpointSteps)
    {
        var problem = new Problem<Deep>(Options);
        AssertSame(problem.Train(options => options), problem.Train(options => options with { CheckpointSteps = checkpointSteps }));
        Assert.Equal(Options.GetMemoryBytes<Deep>(), (Options with { CheckpointSteps = checkpointSteps }).GetMemoryBytes<Deep>());
    }

    [Fact]
    public void NothingIsAllocated()
    {
        var problem = new Problem<Deep>(Options);
        using var trainer = new Trainer<Deep>(Problem<Deep>.CreateModel(), Options with { CheckpointSteps = 3, CarryState = true, Shuffle = false, Threads = 2 });
        problem.TrainBatch(trainer);

        // Of all threads; whatever else runs in this process may allocate now and then, but not every time.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 500 && least > 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 5; i++)
                problem.TrainBatch(trainer);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void WholeSequencesAreRefused()
    {
        var message = Assert.Throws<ArgumentException>(
            () => new Trainer<BothWays>(new BothWays(), Options with { CheckpointSteps = 3 })).Message;
        Assert.Contains("BothWays needs whole sequences", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Options with { CheckpointSteps = -1 });
    }

    private static void AssertSame(Run expected, Run actual)
    {
        Assert.Equal(expected.Losses.Select(BitConverter.SingleToInt32Bits), actual.Losses.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(expected.Weights.Select(BitConverter.SingleToInt32Bits), actual.Weights.Select(BitConverter.SingleToInt32Bits));
    }
}
