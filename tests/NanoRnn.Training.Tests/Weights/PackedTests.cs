using NanoRnn.Tests.Shared;
using NanoRnn.Training.Tests.Callbacks;

namespace NanoRnn.Training.Tests.Weights;

/// <summary>Weights, gradients and what optimizers remember, copied whole and where they lie.</summary>
public class PackedTests
{
    [Fact]
    public void WholeTensorsAreTheirElements()
    {
        var model = new Odd();
        foreach (var tensor in model.Weights)
        {
            var numbers = new float[tensor.Count];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = 1 + i;
            tensor.CopyFrom(numbers);
            for (var i = 0; i < numbers.Length; i++)
                Assert.Equal(numbers[i], tensor[i]);
        }

        // No tensor has written into another.
        foreach (var tensor in model.Weights)
            Assert.Equal(Enumerable.Range(1, tensor.Count).Select(i => (float)i), tensor.ToArray());
    }

    [Fact]
    public void StepIsTheGradientTimesTheRate()
    {
        using var trainer = Create(Optimizer.Sgd(0.5f));
        var before = FitData.WeightsOf(trainer);
        Assert.Equal(before, trainer.PackedWeights.ToArray());
        Step(trainer);
        var weights = trainer.PackedWeights;
        var gradients = trainer.PackedGradients;
        Assert.Equal(FitData.WeightsOf(trainer), weights.ToArray());
        Assert.Contains(gradients.ToArray(), gradient => gradient != 0);
        for (var i = 0; i < gradients.Length; i++)
            Assert.Equal(before[i] - 0.5f * gradients[i], weights[i]);
        Assert.Empty(trainer.OptimizerSlots);
    }

    [Fact]
    public void OptimizerShowsWhatItRemembers()
    {
        using var trainer = Create(Optimizer.Sgd(0.5f, momentum: 0.9f) with { UseEma = true });
        Assert.Equal(["momentum", "average"], trainer.OptimizerSlots);
        Step(trainer);
        var momentum = trainer.GetOptimizerSlot(0);
        var gradients = trainer.PackedGradients;
        for (var i = 0; i < gradients.Length; i++)
            Assert.Equal(-0.5f * gradients[i], momentum[i]);
        Assert.Equal(trainer.PackedWeights.ToArray(), trainer.GetOptimizerSlot(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.GetOptimizerSlot(2).Length);
    }

    [Fact]
    public void CopiesAllocateNothing()
    {
        using var trainer = Create(Optimizer.Adam());
        var (tensor, copy) = (trainer.Model.Weights["lstm.kernel"], new float[trainer.WeightLength]);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            trainer.CopyWeightsTo(copy);
            trainer.CopyWeightsFrom(copy);
            trainer.PackedWeights.CopyTo(copy);
            trainer.GetOptimizerSlot(1).CopyTo(copy);
            tensor.CopyTo(copy);
            tensor.CopyFrom(copy.AsSpan(0, tensor.Count));
        }));
    }

    [Fact]
    public void DisposedTrainerShowsNothing()
    {
        var trainer = Create(Optimizer.Adam());
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.PackedWeights.Length);
        Assert.Throws<ObjectDisposedException>(() => trainer.PackedGradients.Length);
        Assert.Throws<ObjectDisposedException>(() => trainer.GetOptimizerSlot(0).Length);
    }

    private static Trainer<Odd> Create(Optimizer optimizer) => new(new Odd(), new TrainerOptions { Optimizer = optimizer });

    private static void Step(Trainer<Odd> trainer) => trainer.TrainBatch(RandomFloats.Of(1, 4 * 4 * 3), RandomFloats.Of(2, 4 * 3));
}
