using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="LearningRateSchedule.CosineDecay"/>, without a warm-up.</summary>
internal sealed class CosineDecaySchedule(double initialLearningRate, int decaySteps, double alpha) : LearningRateSchedule
{
    private readonly double _initialLearningRate = ArgumentChecks.FiniteNonNegative(initialLearningRate);
    private readonly int _decaySteps = ArgumentChecks.AtLeastOne(decaySteps);
    private readonly double _alpha = ArgumentChecks.Share(alpha);

    public override double GetLearningRate(long iteration)
    {
        var decayed = 0.5 * (1 + DeterministicMath.CosPi((double)Math.Min(iteration, _decaySteps) / _decaySteps));
        return _initialLearningRate * ((1 - _alpha) * decayed + _alpha);
    }

    public override string ToString() => nameof(CosineDecay);
}
