using NanoRnn.CompilerServices;

namespace NanoRnn.Training.Tests.InitialStates;

/// <summary>States before the first step that are weights.</summary>
public sealed class InitialStateTests
{
    private const int TimeSteps = 7;

    [Fact]
    public void StartsWithZerosAndIsATensor()
    {
        var model = new Learned(seed: 1);

        Assert.Equal([2, 5], Layouts.Of<Learned>().Tensors.Single(tensor => tensor.Name == "lstm.initial_state").Shape.ToArray());
        Assert.Equal([1, 18], Layouts.Of<Learned>().Tensors.Single(tensor => tensor.Name == "gru.initial_state").Shape.ToArray());
        Assert.All(model.Weights["lstm.initial_state"].ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(4 * 5 * (2 + 5 + 1) + 2 * 5 + 3 * 18 * (5 + 18 + 2) + 18 + 18 + 1, Learned.ParameterCount);
    }

    /// <summary>A session that begins takes the weights of that moment, and goes on from them alone.</summary>
    [Fact]
    public void EveryWayBeginsInIt()
    {
        var model = new Learned(seed: 1);
        model.Weights["lstm.initial_state"].CopyFrom(RandomFloats.Of(1, 10));
        model.Weights["gru.initial_state"].CopyFrom(RandomFloats.Of(2, 18));
        var (inputs, whole, batch, last) = (RandomFloats.Of(3, 3 * TimeSteps * 2), new float[1], new float[3], new float[1]);

        model.PredictBatch(inputs, TimeSteps, batch);
        using var session = model.CreateSession();
        for (var row = 0; row < 3; row++)
        {
            var sequence = inputs.AsSpan(row * TimeSteps * 2, TimeSteps * 2);
            model.Predict(sequence, whole);
            session.Predict(sequence, last);
            session.Reset();
            Assert.Equal(batch[row], whole[0]);
            Assert.Equal(batch[row], last[0]);
        }

        model.Weights["gru.initial_state"].CopyFrom(new float[18]);
        model.Predict(inputs.AsSpan(2 * TimeSteps * 2), whole);
        Assert.NotEqual(batch[2], whole[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void RangesOfStepsMakeNoDifference(int checkpointSteps)
    {
        var (whole, ranged) = (new Learned(seed: 1), new Learned(seed: 1));

        Assert.Equal(Train(whole, 0), Train(ranged, checkpointSteps), 1e-6f);

        foreach (var (expected, actual) in whole.Weights.Zip(ranged.Weights))
            Assert.All(expected.ToArray().Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.All(whole.Weights["lstm.initial_state"].ToArray(), value => Assert.NotEqual(0, value));

        static float Train(Learned model, int checkpointSteps)
        {
            using var trainer = new Trainer<Learned>(model, new TrainerOptions
            {
                Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Sgd(0.1), BatchSize = 4, TimeSteps = TimeSteps, CheckpointSteps = checkpointSteps,
            });
            for (var step = 0; step < 4; step++)
                trainer.TrainBatch(RandomFloats.Of(3, 4 * TimeSteps * 2), [1, -1, 2, 0.5f]);
            return trainer.TrainBatch(RandomFloats.Of(3, 4 * TimeSteps * 2), [1, -1, 2, 0.5f]);
        }
    }

    [Fact]
    public void AStateIsNotCarriedOverIt()
    {
        var mistake = Assert.Throws<ArgumentException>(() => new Trainer<Learned>(
            new Learned(), new TrainerOptions { Loss = Loss.MeanSquaredError, BatchSize = 1, TimeSteps = 2, CarryState = true, Shuffle = false }));
        Assert.Contains("learns the state before the first step", mistake.Message, StringComparison.Ordinal);
    }
}
