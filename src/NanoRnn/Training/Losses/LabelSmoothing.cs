namespace NanoRnn;

/// <summary>Takes a share of every target and spreads it over all classes: <c>t·(1 − share) + share/classes</c>.</summary>
/// <param name="share">From 0, which leaves targets as they are, to 1.</param>
internal readonly struct LabelSmoothing(double share)
{
    private readonly float _share = (float)ArgumentChecks.Share(share, "labelSmoothing");
    private readonly float _rest = (float)(1 - share);

    /// <summary>The smoothed target.</summary>
    public float Smooth(float target, int classes) => target * _rest + _share / classes;
}
