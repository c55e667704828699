namespace NanoRnn;

/// <summary>When a <see cref="LiveLearner{TModel}"/> keeps weights, and when it goes back to them.</summary>
public sealed record LiveLearnerOptions
{
    /// <summary>Windows over which the recent error is averaged, and which pass before a decision. At least 1; default 8.</summary>
    public int RecentWindows
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(RecentWindows), value, "Expected at least 1 window.");
    } = 8;

    /// <summary>How far the recent error may be above the best one for weights to be kept, as a share of it. Finite and not negative; default 0.1.</summary>
    public double KeepTolerance
    {
        get;
        init => field = double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(KeepTolerance), value, "Expected a finite number, not negative.");
    } = 0.1;

    /// <summary>The multiple of the best error at which the learner goes back. Above 1; default 2.</summary>
    public double RollbackFactor
    {
        get;
        init => field = value > 1 ? value : throw new ArgumentOutOfRangeException(nameof(RollbackFactor), value, "Expected a factor above 1.");
    } = 2;
}
