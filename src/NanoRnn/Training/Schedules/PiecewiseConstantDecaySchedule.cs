namespace NanoRnn;

/// <summary><see cref="LearningRateSchedule.PiecewiseConstantDecay"/>.</summary>
internal sealed class PiecewiseConstantDecaySchedule : LearningRateSchedule
{
    private readonly int[] _boundaries;
    private readonly double[] _values;

    public PiecewiseConstantDecaySchedule(int[] boundaries, double[] values)
    {
        if (boundaries.Length == 0 || values.Length != boundaries.Length + 1)
        {
            throw new ArgumentException(
                $"Expected one or more boundaries and one more value, found {boundaries.Length} boundaries and {values.Length} values.",
                nameof(values));
        }

        for (var i = 1; i < boundaries.Length; i++)
        {
            if (boundaries[i] <= boundaries[i - 1])
            {
                throw new ArgumentException(
                    $"Boundary {boundaries[i]} does not lie above the one before it, {boundaries[i - 1]}.", nameof(boundaries));
            }
        }

        foreach (var value in values)
            ArgumentChecks.FiniteNonNegative(value, nameof(values));
        (_boundaries, _values) = (boundaries, values);
    }

    public override double GetLearningRate(long iteration)
    {
        var i = 0;
        while (i < _boundaries.Length && iteration > _boundaries[i])
            i++;
        return _values[i];
    }

    public override string ToString() => nameof(PiecewiseConstantDecay);
}
