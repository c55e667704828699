using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="LearningRateSchedule.PolynomialDecay"/>.</summary>
internal sealed class PolynomialDecaySchedule(
    double initialLearningRate, int decaySteps, double endLearningRate, double power, bool cycle) : LearningRateSchedule
{
    private readonly double _initialLearningRate = ArgumentChecks.FiniteNonNegative(initialLearningRate);
    private readonly int _decaySteps = ArgumentChecks.AtLeastOne(decaySteps);
    private readonly double _endLearningRate = ArgumentChecks.FiniteNonNegative(endLearningRate);
    private readonly double _power = ArgumentChecks.FinitePositive(power);

    public override double GetLearningRate(long iteration)
    {
        var steps = cycle ? Math.Max(1, (iteration + _decaySteps - 1) / _decaySteps) * _decaySteps : _decaySteps;
        var rest = 1 - (double)Math.Min(iteration, steps) / steps;
        return (_initialLearningRate - _endLearningRate) * DeterministicMath.Pow(rest, _power) + _endLearningRate;
    }

    public override string ToString() => nameof(PolynomialDecay);
}
