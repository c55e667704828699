namespace NanoRnn;

/// <summary>Ends the training when a loss or metric gets no better any more; Keras's <c>EarlyStopping</c>.</summary>
public sealed class EarlyStopping : Callback
{
    private readonly MonitoredValue _monitor;
    private readonly int _patience;
    private readonly float _baseline;
    private readonly bool _restoresBestWeights;
    private readonly int _startFromEpoch;
    private float[] _bestWeights = [];
    private float _best = float.NaN;
    private int _bestEpoch;
    private int _stoppedEpoch;
    private int _wait;

    /// <summary>Ends the training after <paramref name="patience"/> epochs without improvement.</summary>
    /// <param name="monitor">What to go by: <c>loss</c>, the name of a metric, or <c>val_</c> and one of these.</param>
    /// <param name="minDelta">What it must be better by to count as better, finite and not negative.</param>
    /// <param name="patience">Epochs without improvement that end the training, not negative; it takes two epochs at least.</param>
    /// <param name="mode">Which way it gets better.</param>
    /// <param name="baseline">What must be reached: an epoch that is worse than that does not begin the waiting anew. Null for nothing.</param>
    /// <param name="restoreBestWeights">
    /// Whether the model has the weights of the best epoch in the end, however training ends; of the first one that counts if none is better.
    /// </param>
    /// <param name="startFromEpoch">Epochs at the beginning that do not count, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public EarlyStopping(
        string monitor = "val_loss",
        double minDelta = 0,
        int patience = 0,
        MonitorMode mode = MonitorMode.Auto,
        double? baseline = null,
        bool restoreBestWeights = false,
        int startFromEpoch = 0)
    {
        _monitor = new MonitoredValue(monitor, mode, minDelta);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(startFromEpoch);
        (_patience, _restoresBestWeights, _startFromEpoch) = (patience, restoreBestWeights, startFromEpoch);
        _baseline = (float)(baseline ?? double.NaN);
    }

    /// <summary>The best value so far; NaN before the first.</summary>
    public float Best => _best;

    /// <summary>The epoch that has had it, from 1; 0 before the first.</summary>
    public int BestEpoch => _bestEpoch;

    /// <summary>The epoch after which this callback has ended the training, from 1; 0 if it has not.</summary>
    public int StoppedEpoch => _stoppedEpoch;

    internal override string? StateName => "early_stopping";

    /// <inheritdoc/>
    public override void OnTrainBegin(in TrainingReport report)
    {
        _monitor.Begin(report.Metrics, nameof(EarlyStopping));
        (_best, _bestEpoch, _stoppedEpoch, _wait) = (float.NaN, 0, 0, 0);
        if (_restoresBestWeights && _bestWeights.Length != Trainer.WeightLength)
            _bestWeights = new float[Trainer.WeightLength];
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochReport report)
    {
        if (report.Epoch <= _startFromEpoch)
            return;
        if (_bestEpoch == 0)
            Keep(report.Epoch);
        _wait++;
        var value = _monitor.Of(report.Metrics);
        if (_monitor.IsImprovement(value, _best))
        {
            _best = value;
            Keep(report.Epoch);
            if (float.IsNaN(_baseline) || _monitor.IsImprovement(value, _baseline))
                _wait = 0;
        }
        else if (_wait >= _patience && report.Epoch > 1)
        {
            _stoppedEpoch = report.Epoch;
            Trainer.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(History history)
    {
        if (_restoresBestWeights && _bestEpoch > 0)
            Trainer.CopyWeightsFrom(_bestWeights);
    }

    internal override void Visit(StateVisitor state)
    {
        state.Visit("best", ref _best);
        state.Visit("best_epoch", ref _bestEpoch);
        state.Visit("stopped_epoch", ref _stoppedEpoch);
        state.Visit("wait", ref _wait);
        if (_restoresBestWeights)
            state.VisitWeights("best_weights", _bestWeights);
    }

    private void Keep(int epoch)
    {
        _bestEpoch = epoch;
        if (_restoresBestWeights)
            Trainer.CopyWeightsTo(_bestWeights);
    }
}
