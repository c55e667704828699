namespace NanoRnn;

/// <summary>A line up to where another schedule starts.</summary>
internal sealed class WarmUpSchedule : LearningRateSchedule
{
    private readonly LearningRateSchedule _schedule;
    private readonly int _warmupSteps;
    private readonly double _initialLearningRate;

    public WarmUpSchedule(LearningRateSchedule schedule, int warmupSteps, double initialLearningRate)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        (_schedule, _warmupSteps, _initialLearningRate) = (schedule, warmupSteps, ArgumentChecks.FiniteNonNegative(initialLearningRate));
    }

    public override double GetLearningRate(long iteration) => iteration < _warmupSteps
        ? (_schedule.GetLearningRate(0) - _initialLearningRate) * ((double)iteration / _warmupSteps) + _initialLearningRate
        : _schedule.GetLearningRate(iteration - _warmupSteps);

    public override string ToString() => nameof(WarmUp);
}
