using NanoRnn.CompilerServices;

namespace NanoRnn.Limits;

/// <summary>What a model makes of an input that is not finite, or so large that it saturates everything: what a plain network makes of it.</summary>
internal sealed class PaddingCheck<TModel>
    where TModel : class, IRnnModel<TModel>, ISequencePredictor<float>
{
    private const int Rows = 5;
    private const int TimeSteps = 4;

    /// <summary>The sequence, and the step in it, that has the number.</summary>
    private const int Row = 2;
    private const int Step = 1;

    private static readonly float[] Numbers = [float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1e30f, -1e30f];

    private static readonly Optimizer[] Optimizers =
    [
        Optimizer.Adam(0.01f),
        Optimizer.RmsProp(0.01f, momentum: 0.5f, centered: true),
        Optimizer.Sgd(0.01f, momentum: 0.5f) with { GlobalClipNorm = 1 },
        Optimizer.Sgd(0.01f) with { ClipValue = 0.5f },
        Optimizer.Sgd(0.01f) with { ClipNorm = 1 },
    ];

    private readonly AlignedBuffer _weights = new(TModel.Layout.WeightLength);
    private readonly float[] _first;
    private readonly float[] _inputs;
    private readonly float[] _targets;

    public PaddingCheck()
    {
        ModelInitializer.Initialize(TModel.Layout, _weights, seed: 7);
        _first = _weights.Span.ToArray();
        var random = new RandomGenerator(seed: 5);
        _inputs = Random(ref random, Rows * TimeSteps * TModel.Layout.InputSize);
        _targets = Random(ref random, Rows * OutputLength);
    }

    private static int OutputLength => (TModel.Layout.ReturnsSequences ? TimeSteps : 1) * TModel.Layout.OutputSize;

    public IEnumerable<string> Run()
    {
        var isOrdinary = typeof(TModel).DeclaringType == typeof(LogarithmModels);
        var network = isOrdinary ? null : Patterns.NetworkOf(typeof(TModel), TModel.Layout, _weights.Span);
        foreach (var number in Numbers)
        {
            var inputs = With(number);
            Restore();
            foreach (var mistake in network is null ? [] : Patterns.Compare(TModel.Create(_weights), network, inputs, Rows, TimeSteps))
                yield return FormattableString.Invariant($"{number}: {mistake}");
            foreach (var optimizer in Optimizers)
            {
                Train(inputs, optimizer);
                if (FindPadding() is { } padding)
                    yield return FormattableString.Invariant($"after training with {optimizer} on {number} there is {padding} in padding");
            }
        }

        Train(_inputs, Optimizers[0]);
        if (_weights.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            yield return "training on ordinary numbers leaves weights that are not finite";
        Restore();
        var outputs = new float[OutputLength];
        TModel.Create(_weights).Predict(_inputs.AsSpan(0, TimeSteps * TModel.Layout.InputSize), outputs);
        if (Patterns.Of(outputs).Trim('f').Length > 0)
            yield return $"ordinary numbers give {Patterns.Of(outputs)}";
        if (FindLasting() is { } difference)
            yield return difference;
    }

    private static float[] Random(ref RandomGenerator random, int count)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = random.NextUniform(-1, 1);
        return values;
    }

    private float[] With(float number)
    {
        var inputs = (float[])_inputs.Clone();
        inputs[((Row * TimeSteps) + Step) * TModel.Layout.InputSize] = number;
        return inputs;
    }

    private void Restore() => _first.CopyTo(_weights.Span);

    /// <summary>Two steps from the first weights on.</summary>
    private void Train(float[] inputs, Optimizer optimizer)
    {
        Restore();
        using var trainer = Trainer(optimizer);
        trainer.TrainBatch(inputs, _targets);
        trainer.TrainBatch(inputs, _targets);
    }

    private Trainer<TModel> Trainer(Optimizer optimizer) => new(
        TModel.Create(_weights), new TrainerOptions { Optimizer = optimizer, BatchSize = Rows, TimeSteps = TimeSteps });

    /// <summary>Something that is not zero where no weight is.</summary>
    private float? FindPadding()
    {
        var padding = _weights.Span.ToArray();
        ForEachWeight(index => padding[index] = 0);
        var found = padding.AsSpan().IndexOfAnyExcept(0f);
        return found < 0 ? null : padding[found];
    }

    /// <summary>A trainer that has seen NaN trains on as a new one, once the weights are numbers again.</summary>
    private string? FindLasting()
    {
        var optimizer = Optimizer.Sgd(0.01f) with { GlobalClipNorm = 1 };
        using var trainer = Trainer(optimizer);
        var loss = trainer.TrainBatch(_inputs, _targets);
        trainer.TrainBatch(With(float.NaN), _targets);
        ForEachWeight(index => _weights.Span[index] = _first[index]);
        var found = trainer.TrainBatch(_inputs, _targets);
        return BitConverter.SingleToInt32Bits(found) == BitConverter.SingleToInt32Bits(loss)
            ? null
            : FormattableString.Invariant($"after NaN the same weights have the loss {found} instead of {loss}");
    }

    private static void ForEachWeight(Action<int> action)
    {
        foreach (var tensor in TModel.Layout.Tensors)
        {
            for (var i = 0; i < tensor.Rows * tensor.Columns; i++)
                action(tensor.IndexOf(i / tensor.Columns, i % tensor.Columns));
        }
    }
}
