using NanoRnn.CompilerServices;

namespace NanoRnn.Fleet;

/// <summary>Trains on a dataset for some epochs. Allocates nothing after construction.</summary>
/// <remarks>
/// The optimizer keeps its numbers from round to round. The term of FedProx, μ/2·‖w − w₀‖², is applied after each step of the optimizer as its
/// proximal operator, w ← (w + ημ·w₀) / (1 + ημ) with the learning rate η: it can be of any size, and Adam does not rescale it.
/// </remarks>
/// <typeparam name="TModel">The model class.</typeparam>
public sealed class LocalTraining<TModel> : ILocalTraining
    where TModel : class, IRnnModel<TModel>
{
    private readonly Trainer<TModel> _trainer;
    private readonly SequenceDataset _data;
    private readonly int _epochs;
    private readonly int[] _order;
    private readonly int[] _lengths;
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly float[] _roundWeights;

    /// <summary>Training on a dataset.</summary>
    /// <param name="trainer">The trainer, whose model is the device's. The caller disposes of it.</param>
    /// <param name="data">Samples of floats with targets of floats.</param>
    /// <param name="epochs">How often a round goes through them, at least 1.</param>
    /// <exception cref="ArgumentException">The samples are tokens or classes, or there are none.</exception>
    public LocalTraining(Trainer<TModel> trainer, SequenceDataset data, int epochs)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        if (data.Count == 0 || data.HasTokens || data.HasTargetTokens || !data.HasTargets)
            throw new ArgumentException($"Expected samples of floats with targets of floats, found {data.Count} samples of {(data.HasTokens ? "tokens" : "floats")} with {(data.HasTargetTokens ? "classes" : data.HasTargets ? "floats" : "no")} as targets.", nameof(data));
        (_trainer, _data, _epochs) = (trainer, data, epochs);
        _order = new int[data.Count];
        for (var i = 0; i < _order.Length; i++)
            _order[i] = i;
        var batch = Math.Min(trainer.Options.BatchSize, data.Count);
        _inputs = new float[batch * data.TimeSteps * data.InputSize];
        _targets = new float[batch * data.TargetSize];
        _lengths = new int[data.HasLengths ? batch : 0];
        _roundWeights = new float[trainer.WeightLength];
    }

    /// <inheritdoc/>
    public int Samples => _data.Count;

    /// <inheritdoc/>
    public float Run(int round, float proximalTerm)
    {
        if (proximalTerm > 0)
            _trainer.CopyWeightsTo(_roundWeights);
        var (sum, batch, seed) = (0.0, _inputs.Length / (_data.TimeSteps * _data.InputSize), ((ulong)(uint)_trainer.Options.Seed << 32) + (uint)round);
        for (var epoch = 0; epoch < _epochs; epoch++)
        {
            if (_trainer.Options.Shuffle)
                new RandomGenerator(seed + ((ulong)epoch << 48)).Shuffle<int>(_order);
            for (var start = 0; start < _data.Count; start += batch)
            {
                var count = Math.Min(batch, _data.Count - start);
                sum += count * (double)TrainBatch(_order.AsSpan(start, count));
                if (proximalTerm > 0)
                    PullBack(_trainer.LearningRate * proximalTerm);
            }
        }

        return (float)(sum / ((double)_epochs * _data.Count));
    }

    private float TrainBatch(ReadOnlySpan<int> samples)
    {
        var (input, target) = (_data.TimeSteps * _data.InputSize, _data.TargetSize);
        for (var i = 0; i < samples.Length; i++)
        {
            _data.CopyInput(samples[i], _inputs.AsSpan(i * input, input));
            _data.CopyTarget(samples[i], _targets.AsSpan(i * target, target));
            if (_data.HasLengths)
                _lengths[i] = _data.GetLength(samples[i]);
        }

        return _trainer.TrainBatch(
            _inputs.AsSpan(0, samples.Length * input), _targets.AsSpan(0, samples.Length * target), _lengths.AsSpan(0, _data.HasLengths ? samples.Length : 0));
    }

    private void PullBack(float strength)
    {
        var weights = _trainer.PackedWeights;
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (weights[i] + strength * _roundWeights[i]) / (1 + strength);
    }
}
