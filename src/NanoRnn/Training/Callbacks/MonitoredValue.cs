namespace NanoRnn;

/// <summary>The loss or metric that a callback goes by.</summary>
internal sealed class MonitoredValue
{
    private readonly string _name;
    private readonly MonitorMode _mode;
    private readonly double _minDelta;
    private int _index;
    private bool _isMax;

    /// <param name="name">Its name in <see cref="MetricValues"/>.</param>
    /// <param name="mode">Which way it gets better.</param>
    /// <param name="minDelta">What it must be better by, finite and not negative.</param>
    public MonitoredValue(string name, MonitorMode mode, double minDelta = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, "monitor");
        if (mode is < MonitorMode.Auto or > MonitorMode.Max)
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Expected one of the modes.");
        (_name, _mode, _minDelta) = (name, mode, ArgumentChecks.FiniteNonNegative(minDelta, nameof(minDelta)));
    }

    /// <summary>Finds the value among those that there will be.</summary>
    /// <param name="values">What there will be.</param>
    /// <param name="callback">Who wants it.</param>
    /// <exception cref="ArgumentException">There is no such value, or nothing says which way it gets better.</exception>
    public void Begin(MetricValues values, string callback)
    {
        _index = values.IndexOf(_name);
        if (_index < 0)
            throw new ArgumentException($"{callback} monitors '{_name}', but there are only {string.Join(", ", values.Names)}.");
        var mode = _mode == MonitorMode.Auto ? values.ModeOf(_index) : _mode;
        if (mode == MonitorMode.Auto)
        {
            throw new ArgumentException(
                $"{callback} monitors '{_name}', of which nothing says whether more or less is better: give it {nameof(MonitorMode)}.{nameof(MonitorMode.Min)} " +
                $"or {nameof(MonitorMode)}.{nameof(MonitorMode.Max)}.");
        }

        _isMax = mode == MonitorMode.Max;
    }

    /// <summary>The value now.</summary>
    public float Of(MetricValues values) => values.Values[_index];

    /// <summary>Whether a value is better than another, by more than the least difference that counts; NaN stands for none.</summary>
    public bool IsImprovement(float value, float reference) => float.IsNaN(reference) ? !float.IsNaN(value)
        : _isMax ? value - _minDelta > reference
        : value + _minDelta < reference;
}
