namespace NanoRnn;

/// <summary>Lowers the learning rate when a loss or metric gets no better any more; Keras's <c>ReduceLROnPlateau</c>.</summary>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly MonitoredValue _monitor;
    private readonly double _factor;
    private readonly int _patience;
    private readonly int _cooldown;
    private readonly double _minLr;
    private float _best = float.NaN;
    private int _wait;
    private int _cooling;

    /// <summary>Multiplies the rate by <paramref name="factor"/> after <paramref name="patience"/> epochs without improvement.</summary>
    /// <param name="monitor">What to go by: <c>loss</c>, the name of a metric, or <c>val_</c> and one of these.</param>
    /// <param name="factor">Factor of the learning rate, at least 0 and less than 1.</param>
    /// <param name="patience">Epochs without improvement that lower it, not negative.</param>
    /// <param name="mode">Which way the value gets better.</param>
    /// <param name="minDelta">What it must be better by to count as better, finite and not negative.</param>
    /// <param name="cooldown">Epochs after a change that do not count, not negative.</param>
    /// <param name="minLr">The rate is not lowered below this; finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public ReduceLROnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        MonitorMode mode = MonitorMode.Auto,
        double minDelta = 1e-4,
        int cooldown = 0,
        double minLr = 0)
    {
        _monitor = new MonitoredValue(monitor, mode, minDelta);
        if (factor is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "Expected a number from 0 to less than 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        (_factor, _patience, _cooldown, _minLr) = (factor, patience, cooldown, ArgumentChecks.FiniteNonNegative(minLr));
    }

    internal override bool ChangesLearningRate => true;

    internal override string? StateName => "reduce_lr_on_plateau";

    /// <inheritdoc/>
    public override void OnTrainBegin(in TrainingReport report)
    {
        _monitor.Begin(report.Metrics, nameof(ReduceLROnPlateau));
        (_best, _wait, _cooling) = (float.NaN, 0, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochReport report)
    {
        if (_cooling > 0)
            (_cooling, _wait) = (_cooling - 1, 0);
        var value = _monitor.Of(report.Metrics);
        if (_monitor.IsImprovement(value, _best))
        {
            (_best, _wait) = (value, 0);
        }
        else if (_cooling == 0 && ++_wait >= _patience && Trainer.LearningRate > (float)_minLr)
        {
            Trainer.LearningRate = (float)Math.Max(Trainer.LearningRate * _factor, _minLr);
            (_cooling, _wait) = (_cooldown, 0);
        }
    }

    internal override void Visit(StateVisitor state)
    {
        state.Visit("best", ref _best);
        state.Visit("wait", ref _wait);
        state.Visit("cooling", ref _cooling);
    }
}
