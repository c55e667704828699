using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="LearningRateSchedule.OneCycle"/>.</summary>
internal sealed class OneCycleSchedule : LearningRateSchedule
{
    private readonly double _initial;
    private readonly double _largest;
    private readonly double _final;
    private readonly double _top;
    private readonly double _end;

    public OneCycleSchedule(double maxLearningRate, int totalSteps, double pctStart, double divFactor, double finalDivFactor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 2);
        _largest = ArgumentChecks.FiniteNonNegative(maxLearningRate);
        _initial = _largest / ArgumentChecks.FinitePositive(divFactor);
        _final = _initial / ArgumentChecks.FinitePositive(finalDivFactor);
        _top = ArgumentChecks.Decay(pctStart) * totalSteps - 1;
        _end = totalSteps - 1;
    }

    public override double GetLearningRate(long iteration)
    {
        if (iteration >= _end)
            return _final;
        return iteration < _top
            ? Between(_initial, _largest, iteration / _top)
            : Between(_largest, _final, (iteration - _top) / (_end - _top));
    }

    public override string ToString() => nameof(OneCycle);

    private static double Between(double start, double end, double share) =>
        end + (start - end) * 0.5 * (1 + DeterministicMath.CosPi(share));
}
