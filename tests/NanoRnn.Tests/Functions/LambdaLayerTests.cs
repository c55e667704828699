using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Functions;

/// <summary>A function as a layer computes what the same function computes as the activation of the layer before it.</summary>
public class LambdaLayerTests
{
    private const int Rows = 5;
    private const int TimeSteps = 4;

    [Fact]
    public void PredictsAndTrainsLikeTheActivation()
    {
        var expected = Train(new LambdaModels.AsActivation(seed: 3));
        Assert.Equal(expected, Train(new LambdaModels.AsLayer(seed: 3)));
        Assert.Equal(expected, Train(new LambdaModels.AsSeveralLayers(seed: 3)));
    }

    /// <summary>Predictions before and after three optimizer steps, and the losses.</summary>
    private static float[] Train<TModel>(TModel model)
        where TModel : class, IRnnModel<TModel>, ISequencePredictor<float>
    {
        var random = new RandomGenerator(seed: 8);
        var (inputs, targets) = (new float[Rows * TimeSteps * 3], new float[Rows * TimeSteps * 21]);
        foreach (ref var value in inputs.AsSpan())
            value = random.NextUniform(-2, 2);
        foreach (ref var value in targets.AsSpan())
            value = random.NextUniform(-1, 1);
        using var trainer = new Trainer<TModel>(
            model, new TrainerOptions { Optimizer = Optimizer.Adam(0.01f), BatchSize = Rows, TimeSteps = TimeSteps });
        var results = new List<float>();
        for (var step = 0; step < 3; step++)
        {
            var outputs = new float[targets.Length];
            model.PredictBatch(inputs, TimeSteps, outputs);
            results.AddRange(outputs);
            results.Add(trainer.TrainBatch(inputs, targets));
        }

        return [.. results];
    }
}
