using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// Learns from a stream while others predict with the same model: a window of time steps at a time. It remembers the last weights that were
/// good, and goes back to them when the error on recent data grows, because of faulty measurements, say, or a learning rate that is too high.
/// </summary>
/// <remarks>
/// The error of a window is its loss before it is learnt from, so every error is of weights on data that they have not seen. Averages of it decide:
/// within <see cref="LiveLearnerOptions.KeepTolerance"/> of the best one the weights are kept, above <see cref="LiveLearnerOptions.RollbackFactor"/> times
/// that, or when it is not finite, the learner goes back, with the optimizer's memory. If the error stays as high, the stream has changed, and the
/// learner goes on from there. Allocates nothing after construction. Keeps, beside the trainer's memory, a window and two copies of weights and optimizer
/// memory. Not for use by two threads at once, nor while another thread predicts with the model.
/// </remarks>
/// <typeparam name="TModel">The model class.</typeparam>
public sealed class LiveLearner<TModel>
    where TModel : class, IRnnModel<TModel>
{
    private readonly Trainer<TModel> _trainer;
    private readonly LiveLearnerOptions _options;
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly int _inputSize;
    private readonly int _targetSize;
    private readonly int _slots;
    private float[] _good;
    private float[] _before;
    private int _count;
    private int _recentWindows;
    private bool _isOnProbation;
    private bool _isCold = true;

    /// <summary>A learner, for which the weights that the model has are good.</summary>
    /// <param name="trainer">
    /// How to learn: its batch size is 1, its time steps are those of a window; with <see cref="TrainerOptions.CarryState"/> a window goes on from the
    /// state that the one before has left. The caller disposes of it.
    /// </param>
    /// <param name="options">When to keep weights and to go back; null for the defaults.</param>
    /// <exception cref="ArgumentException">The trainer has another batch size, or its model takes tokens or has a decoder.</exception>
    public LiveLearner(Trainer<TModel> trainer, LiveLearnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        (_trainer, _options) = (trainer, options ?? new LiveLearnerOptions());
        var layout = TModel.Layout;
        if (trainer.Options.BatchSize != 1)
            throw new ArgumentException($"A stream is one sequence: expected a batch size of 1, found {trainer.Options.BatchSize}.", nameof(trainer));
        if (layout.Vocabulary > 0 || layout.Decoder is not null)
            throw new ArgumentException($"Expected a model of floats, found {layout.ModelName}, which takes tokens.", nameof(trainer));
        if (layout.OutputSteps > 0 || (layout.ReturnsSequences && layout.TargetSteps > 0))
            throw new ArgumentException($"Expected a model with an output for every time step or for the last one, found {layout.ModelName}, which has steps of its own.", nameof(trainer));
        (_inputSize, _targetSize, _slots) = (layout.InputSize, layout.OutputSize, trainer.OptimizerSlots.Count);
        _inputs = new float[trainer.Options.TimeSteps * _inputSize];
        _targets = new float[(layout.ReturnsSequences ? trainer.Options.TimeSteps : 1) * _targetSize];
        var memory = trainer.WeightLength;
        for (var slot = 0; slot < _slots; slot++)
            memory = checked(memory + trainer.GetOptimizerSlot(slot).Length);
        (_good, _before) = (new float[memory], new float[memory]);
        Copy(_good);
    }

    /// <summary>The mean loss of recent windows, each before it was learnt from; NaN before the first.</summary>
    public double RecentError { get; private set; } = double.NaN;

    /// <summary>The least <see cref="RecentError"/> at which weights were kept, since the stream last changed; infinite before the first.</summary>
    public double BestError { get; private set; } = double.PositiveInfinity;

    /// <summary>Windows that were learnt from.</summary>
    public long Windows { get; private set; }

    /// <summary>How often the model got its last good weights back.</summary>
    public long Rollbacks { get; private set; }

    /// <summary>How often the stream has changed.</summary>
    public long Drifts { get; private set; }

    /// <summary>Takes a time step and what its output should be; learns if it completes a window.</summary>
    /// <param name="input">Input size floats.</param>
    /// <param name="target">Output size floats. For a model with an output for the last step alone, those of a window's last step count.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ArgumentException">A length is wrong. Nothing has changed then.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public LiveLearning Add(ReadOnlySpan<float> input, ReadOnlySpan<float> target)
    {
        if (input.Length != _inputSize || target.Length != _targetSize)
            throw new ArgumentException($"Expected {_inputSize} floats and {_targetSize} as a target, found {input.Length} and {target.Length}.", input.Length != _inputSize ? nameof(input) : nameof(target));
        input.CopyTo(_inputs.AsSpan(_count * _inputSize));
        target.CopyTo(_targets.AsSpan(_targets.Length == _targetSize ? 0 : _count * _targetSize));
        if (++_count < _trainer.Options.TimeSteps)
            return LiveLearning.Waiting;
        _count = 0;
        Copy(_before);
        var loss = _trainer.TrainBatch(_inputs, _targets);
        Windows++;
        return Judge(loss);
    }

    /// <summary>Forgets what is in the window, and the state that is carried: something is missing in the stream.</summary>
    public void Interrupt()
    {
        _count = 0;
        _trainer.ResetState();
        _isCold = true;
    }

    /// <summary>Gives the model its last good weights.</summary>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void RollBack()
    {
        Restore(_good);
        Interrupt();
        _recentWindows = 0;
        Rollbacks++;
    }

    /// <summary>Saves the model with its last good weights, whatever it has learnt since; a crash at any moment leaves the old file or the new one.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="IOException">The file cannot be written, or there is something else than a file.</exception>
    public void SaveLastGood(string path)
    {
        var weights = _trainer.PackedWeights;
        weights.CopyTo(_before);
        try
        {
            _good.AsSpan(0, weights.Length).CopyTo(weights);
            _trainer.SaveModel(path);
        }
        finally
        {
            _before.AsSpan(0, weights.Length).CopyTo(weights);
        }
    }

    private LiveLearning Judge(double loss)
    {
        if (!double.IsFinite(loss))
        {
            RecentError = loss;
            _isOnProbation = true;
            RollBack();
            return LiveLearning.RolledBack;
        }

        // What a window that starts without a state errs by says nothing of those that go on from one.
        if (_isCold && _trainer.Options.CarryState)
        {
            _isCold = false;
            return LiveLearning.Learnt;
        }

        // A plain mean at first, an exponential one from then on.
        _recentWindows = Math.Min(_recentWindows + 1, _options.RecentWindows);
        RecentError = _recentWindows == 1 ? loss : RecentError + (loss - RecentError) / _recentWindows;
        if (_recentWindows < _options.RecentWindows)
            return LiveLearning.Learnt;
        if (RecentError > _options.RollbackFactor * BestError)
        {
            if (!_isOnProbation)
            {
                _isOnProbation = true;
                RollBack();
                return LiveLearning.RolledBack;
            }

            Drifts++;
            Keep(RecentError);
            return LiveLearning.Drifted;
        }

        _isOnProbation = false;
        if (RecentError > (1 + _options.KeepTolerance) * BestError)
            return LiveLearning.Learnt;
        Keep(Math.Min(BestError, RecentError));
        return LiveLearning.Kept;
    }

    private void Keep(double bestError)
    {
        (BestError, _isOnProbation) = (bestError, false);
        (_good, _before) = (_before, _good);
    }

    private void Copy(Span<float> memory)
    {
        _trainer.PackedWeights.CopyTo(memory);
        memory = memory[_trainer.WeightLength..];
        for (var slot = 0; slot < _slots; slot++)
        {
            var numbers = _trainer.GetOptimizerSlot(slot);
            numbers.CopyTo(memory);
            memory = memory[numbers.Length..];
        }
    }

    private void Restore(ReadOnlySpan<float> memory)
    {
        memory[.._trainer.WeightLength].CopyTo(_trainer.PackedWeights);
        memory = memory[_trainer.WeightLength..];
        for (var slot = 0; slot < _slots; slot++)
        {
            var numbers = _trainer.GetOptimizerSlot(slot);
            memory[..numbers.Length].CopyTo(numbers);
            memory = memory[numbers.Length..];
        }
    }
}
