using System.Collections.Immutable;

namespace NanoRnn;

/// <summary>The mean loss and the metrics since they were last reset. Allocates nothing after construction.</summary>
internal sealed class MetricTracker
{
    private readonly MetricValues _values;
    private double _lossSum;
    private double _samples;

    /// <param name="metrics">What is computed.</param>
    /// <param name="context">The network that it is computed of.</param>
    /// <param name="same">Another tracker of the same metrics, whose names are taken; null for none.</param>
    public MetricTracker(ImmutableArray<Metric> metrics, MetricContext context, MetricTracker? same = null)
    {
        _values = same is null ? new MetricValues(metrics) : new MetricValues(same._values);
        States = metrics.IsEmpty ? [] : new MetricState[metrics.Length];
        for (var i = 0; i < States.Length; i++)
            States[i] = metrics[i].CreateState(context);
    }

    /// <summary>What sums the metrics up, in their order.</summary>
    public MetricState[] States { get; }

    /// <summary>The mean loss.</summary>
    public float Loss => (float)(_lossSum / _samples);

    /// <summary>The values as they are now.</summary>
    public MetricValues Collect()
    {
        var values = _values.Values;
        values[0] = Loss;
        for (var i = 0; i < States.Length; i++)
            values[1 + i] = (float)States[i].Result;
        return _values;
    }

    public void Reset()
    {
        (_lossSum, _samples) = (0, 0);
        foreach (var state in States)
            state.Reset();
    }

    /// <summary>Takes outputs into account; see <see cref="MetricState.Update"/>.</summary>
    public void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        foreach (var state in States)
            state.Update(outputs, targets, weights);
    }

    /// <summary>Takes the mean loss of some samples into account.</summary>
    public void AddLoss(float loss, int samples)
    {
        _lossSum += (double)loss * samples;
        _samples += samples;
    }

    /// <summary>Shows all sums.</summary>
    public void Visit(StateVisitor state)
    {
        Span<double> loss = [_lossSum, _samples];
        state.Visit(MetricValues.LossName, loss);
        (_lossSum, _samples) = (loss[0], loss[1]);
        for (var i = 0; i < States.Length; i++)
            state.Visit(_values.Names[1 + i], States[i].Sums);
    }
}
