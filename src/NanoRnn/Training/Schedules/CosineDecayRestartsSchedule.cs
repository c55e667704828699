using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="LearningRateSchedule.CosineDecayRestarts"/>.</summary>
internal sealed class CosineDecayRestartsSchedule(double initialLearningRate, int firstDecaySteps, double tMul, double mMul, double alpha)
    : LearningRateSchedule
{
    private readonly double _initialLearningRate = ArgumentChecks.FiniteNonNegative(initialLearningRate);
    private readonly int _firstDecaySteps = ArgumentChecks.AtLeastOne(firstDecaySteps);
    private readonly double _tMul = tMul >= 1
        ? ArgumentChecks.FinitePositive(tMul)
        : throw new ArgumentOutOfRangeException(nameof(tMul), tMul, "Expected a finite number of at least 1.");
    private readonly double _mMul = ArgumentChecks.FiniteNonNegative(mMul);
    private readonly double _alpha = ArgumentChecks.Share(alpha);

    /// <remarks>Keras finds the restart by a logarithm, which may take a step before a restart for one after it; periods are exact.</remarks>
    public override double GetLearningRate(long iteration)
    {
        var (place, period, restarts) = ((double)iteration, (double)_firstDecaySteps, 0L);
        if (_tMul == 1)
        {
            restarts = iteration / _firstDecaySteps;
            place = iteration % _firstDecaySteps;
        }

        for (; place >= period; period *= _tMul, restarts++)
            place -= period;
        var decayed = 0.5 * DeterministicMath.Pow(_mMul, restarts) * (1 + DeterministicMath.CosPi(place / period));
        return _initialLearningRate * ((1 - _alpha) * decayed + _alpha);
    }

    public override string ToString() => nameof(CosineDecayRestarts);
}
