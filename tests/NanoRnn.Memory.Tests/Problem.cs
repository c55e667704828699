using NanoRnn.CompilerServices;

namespace NanoRnn.Memory.Tests;

/// <summary>Random data of a model's shapes, and trainers for it.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal sealed class Problem<TModel>
    where TModel : class, IRnnModel<TModel>
{
    private readonly float[] _inputs;
    private readonly int[] _tokens;
    private readonly float[] _targets;
    private readonly int[] _targetTokens;
    private readonly TrainerOptions _options;

    public Problem(TrainerOptions options)
    {
        var random = new Random(1);
        _options = options;
        var steps = options.BatchSize * options.TimeSteps;
        _inputs = [.. Enumerable.Range(0, steps).SelectMany(_ => Step(random))];
        _tokens = [.. Enumerable.Range(0, steps).Select(_ => random.Next(Math.Max(1, Layout.Vocabulary)))];
        var positions = !Layout.ReturnsSequences ? 1 : Layout.OutputSteps > 0 ? Layout.OutputSteps : options.TimeSteps;
        _targets = [.. Enumerable.Range(0, options.BatchSize * positions * Layout.OutputSize).Select(_ => random.NextSingle())];
        _targetTokens = [.. Enumerable.Range(0, options.BatchSize * options.TargetSteps).Select(_ => random.Next(Layout.OutputSize))];
    }

    private static ModelLayout Layout => TModel.Layout;

    public static TModel CreateModel(MemoryArena? arena = null)
    {
        var weights = new AlignedBuffer(Layout.WeightLength, arena);
        ModelInitializer.Initialize(Layout, weights, 3);
        return TModel.Create(weights);
    }

    /// <summary>Some steps with other options than the problem's.</summary>
    public Run Train(Func<TrainerOptions, TrainerOptions> change, int batches = 3, ReadOnlySpan<int> lengths = default)
    {
        var model = CreateModel();
        using var trainer = new Trainer<TModel>(model, change(_options));
        var losses = new float[batches + 1];
        for (var batch = 0; batch < batches; batch++)
            losses[batch] = TrainBatch(trainer, lengths);
        if (Layout.Vocabulary == 0 && Layout.Decoder is null)
            losses[batches] = trainer.Evaluate(new SequenceDataset(
                _inputs, _targets, _options.TimeSteps, Layout.InputSize, _targets.Length / _options.BatchSize));
        return new Run(losses, [.. model.PackedWeights.Span]);
    }

    public float TrainBatch(Trainer<TModel> trainer, ReadOnlySpan<int> lengths = default) =>
        Layout.Decoder is not null ? trainer.TrainBatch(_tokens, _targetTokens, lengths)
        : Layout.Vocabulary > 0 ? trainer.TrainBatch(_tokens, _targets, lengths)
        : trainer.TrainBatch(_inputs, _targets, lengths);

    // Every fourth step is one that a model may skip.
    private static IEnumerable<float> Step(Random random)
    {
        var isZero = random.Next(4) == 0;
        return [.. Enumerable.Range(0, Layout.InputSize).Select(_ => isZero ? 0 : random.NextSingle() - 0.5f)];
    }
}

/// <summary>What a training has come to.</summary>
/// <param name="Losses">The loss of each batch, and of an evaluation after them.</param>
/// <param name="Weights">The packed weights.</param>
internal sealed record Run(float[] Losses, float[] Weights);
