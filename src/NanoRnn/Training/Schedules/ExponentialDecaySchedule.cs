using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="LearningRateSchedule.ExponentialDecay"/>.</summary>
internal sealed class ExponentialDecaySchedule(double initialLearningRate, int decaySteps, double decayRate, bool staircase)
    : LearningRateSchedule
{
    private readonly double _initialLearningRate = ArgumentChecks.FiniteNonNegative(initialLearningRate);
    private readonly int _decaySteps = ArgumentChecks.AtLeastOne(decaySteps);
    private readonly double _decayRate = ArgumentChecks.FinitePositive(decayRate);

    public override double GetLearningRate(long iteration)
    {
        var periods = (double)iteration / _decaySteps;
        return _initialLearningRate * DeterministicMath.Pow(_decayRate, staircase ? Math.Floor(periods) : periods);
    }

    public override string ToString() => nameof(ExponentialDecay);
}
