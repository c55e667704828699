using NanoRnn.CompilerServices;

namespace NanoRnn.Behaviour;

/// <summary>A model of <c>ShapeModels.cs</c> with data that suits it, and what can be done with it.</summary>
internal abstract class ShapeRun : IDisposable
{
    private const int Rows = 7;
    private const int TimeSteps = 6;
    private const int TargetSteps = 5;

    /// <summary>Ways in which a decoder makes a sequence.</summary>
    private const int Generations = 3;
    private static readonly int[] Lengths = [6, 1, 3, 6, 2, 5, 4];

    public static IReadOnlyList<string> Names { get; } =
        [nameof(BothWays), nameof(Rearranged), nameof(Skipping), nameof(TokenTagger), nameof(Translation), nameof(Attentive), nameof(BatchNormalized)];

    public abstract void Dispose();

    /// <summary>Some predictions, in every way there is.</summary>
    public abstract void Predict();

    /// <summary>Ten optimizer steps.</summary>
    public abstract void Train();

    /// <summary>What the last predictions and steps have left.</summary>
    public abstract float[] Results();

    public static ShapeRun Create(string name, int threads)
    {
        var random = new RandomGenerator(seed: 9);
        switch (name)
        {
            case nameof(BothWays):
            {
                var (inputs, targets) = (Floats(ref random, 3), Floats(ref random, Rows * 2));
                return Of(
                    new BothWays(1), threads, Loss.MeanSquaredError, Rows * 2,
                    (model, y) => model.PredictBatch(inputs, TimeSteps, Lengths, y), trainer => trainer.TrainBatch(inputs, targets, Lengths));
            }

            case nameof(Rearranged):
            {
                var (inputs, targets) = (Floats(ref random, 3), Floats(ref random, Rows * 8));
                return Of(
                    new Rearranged(1), threads, Loss.MeanSquaredError, Rows * 8,
                    (model, y) => model.PredictBatch(inputs, TimeSteps, y), trainer => trainer.TrainBatch(inputs, targets));
            }

            case nameof(Skipping):
            {
                var (inputs, targets) = (Floats(ref random, 2), Floats(ref random, Rows * TimeSteps * 3));
                for (var step = 0; step < Rows * TimeSteps; step += 1 + random.NextInt(4))
                    inputs.AsSpan(2 * step, 2).Fill(-1);
                return Of(
                    new Skipping(1), threads, Loss.MeanSquaredError, targets.Length,
                    (model, y) => model.PredictBatch(inputs, TimeSteps, y), trainer => trainer.TrainBatch(inputs, targets));
            }

            case nameof(BatchNormalized):
            {
                var (inputs, targets) = (Floats(ref random, 2), Floats(ref random, Rows * 3));
                return Of(
                    new BatchNormalized(1), threads, Loss.MeanSquaredError, targets.Length,
                    (model, y) => model.PredictBatch(inputs, TimeSteps, Lengths, y), trainer => trainer.TrainBatch(inputs, targets, Lengths));
            }

            case nameof(TokenTagger):
            {
                var (tokens, classes) = (Tokens(ref random, 0, 13, Rows * TimeSteps), Tokens(ref random, 0, 5, Rows * TimeSteps));
                return Of(
                    new TokenTagger(1), threads, Loss.SparseCategoricalCrossentropy, Rows * TimeSteps * 5,
                    (model, y) => model.PredictBatch(tokens, TimeSteps, Lengths, y), trainer => trainer.TrainBatch(tokens, classes, Lengths));
            }

            case nameof(Translation):
            {
                var (tokens, targets) = (Tokens(ref random, 0, 13, Rows * TimeSteps), Tokens(ref random, 0, 9, Rows * TargetSteps));
                var model = new Translation(1);
                return Of<Translation>(
                    model, threads, Loss.SparseCategoricalCrossentropy, Generations * (TargetSteps + 1),
                    Generating(tokens, model.Generate, model.Generate), trainer => trainer.TrainBatch(tokens, targets));
            }

            default:
            {
                var (tokens, targets) = (Tokens(ref random, 0, 13, Rows * TimeSteps), Tokens(ref random, 0, 9, Rows * TargetSteps));
                var model = new Attentive(1);
                return Of<Attentive>(
                    model, threads, Loss.SparseCategoricalCrossentropy, Generations * (TargetSteps + 1),
                    Generating(tokens, model.Generate, model.Generate), trainer => trainer.TrainBatch(tokens, targets, Lengths));
            }
        }
    }

    /// <summary>What a decoder makes of the first sequence: greedily, with a beam, and drawn.</summary>
    private static Action<object, float[]> Generating(int[] tokens, Generation generate, Sampling sample)
    {
        var (generated, sampler) = (new int[TargetSteps], new TokenSampler(9));
        return (_, y) =>
        {
            sampler.Reset(4);
            for (var way = 0; way < Generations; way++)
            {
                var source = tokens.AsSpan(0, TimeSteps);
                var place = way * (TargetSteps + 1);
                y[place] = way < 2 ? generate(source, generated, beamWidth: 1 + 2 * way) : sample(source, generated, sampler);
                for (var i = 0; i < TargetSteps; i++)
                    y[place + 1 + i] = i < y[place] ? generated[i] : -1;
            }
        };
    }

    private delegate int Generation(ReadOnlySpan<int> source, Span<int> output, int beamWidth);

    private delegate int Sampling(ReadOnlySpan<int> source, Span<int> output, TokenSampler sampler);

    private static float[] Floats(ref RandomGenerator random, int count)
    {
        var values = new float[count < Rows ? Rows * TimeSteps * count : count];
        foreach (ref var value in values.AsSpan())
            value = random.NextUniform(-1, 1);
        return values;
    }

    private static int[] Tokens(ref RandomGenerator random, int first, int end, int count)
    {
        var tokens = new int[count];
        foreach (ref var token in tokens.AsSpan())
            token = first + random.NextInt(end - first);
        return tokens;
    }

    private static ShapeRun<TModel> Of<TModel>(
        TModel model, int threads, Loss loss, int outputs, Action<TModel, float[]> predict, Func<Trainer<TModel>, float> train)
        where TModel : class, IRnnModel<TModel>
    {
        var options = new TrainerOptions
        {
            Loss = loss, Optimizer = Optimizer.Adam(0.01f), BatchSize = Rows, TimeSteps = TimeSteps, TargetSteps = TargetSteps, Threads = threads,
        };
        return new(model, new Trainer<TModel>(model, options), new float[outputs], predict, train);
    }
}

internal sealed class ShapeRun<TModel>(
    TModel model, Trainer<TModel> trainer, float[] outputs, Action<TModel, float[]> predict, Func<Trainer<TModel>, float> train) : ShapeRun
    where TModel : class, IRnnModel<TModel>
{
    private const int OptimizerSteps = 10;

    private float _loss;

    public override void Dispose() => trainer.Dispose();

    public override void Predict() => predict(model, outputs);

    public override void Train()
    {
        for (var step = 0; step < OptimizerSteps; step++)
            _loss = train(trainer);
    }

    public override float[] Results() => [.. outputs, _loss, .. model.PackedWeights.Span];
}
