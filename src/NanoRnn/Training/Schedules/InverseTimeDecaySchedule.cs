namespace NanoRnn;

/// <summary><see cref="LearningRateSchedule.InverseTimeDecay"/>.</summary>
internal sealed class InverseTimeDecaySchedule(double initialLearningRate, int decaySteps, double decayRate, bool staircase)
    : LearningRateSchedule
{
    private readonly double _initialLearningRate = ArgumentChecks.FiniteNonNegative(initialLearningRate);
    private readonly int _decaySteps = ArgumentChecks.AtLeastOne(decaySteps);
    private readonly double _decayRate = ArgumentChecks.FiniteNonNegative(decayRate);

    public override double GetLearningRate(long iteration)
    {
        var periods = (double)iteration / _decaySteps;
        return _initialLearningRate / (1 + _decayRate * (staircase ? Math.Floor(periods) : periods));
    }

    public override string ToString() => nameof(InverseTimeDecay);
}
