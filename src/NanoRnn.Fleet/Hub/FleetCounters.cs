namespace NanoRnn.Fleet;

/// <summary>What a hub has counted since its journal began. Refusals of the round in which a hub is killed are not in it.</summary>
public sealed class FleetCounters
{
    /// <summary>Refusals have the numbers 1 to this.</summary>
    internal const int Refusals = (int)Refusal.UnwelcomeDevice;

    internal readonly long[] Numbers = new long[Refusals + 3];

    internal FleetCounters()
    {
    }

    /// <summary>How often messages were refused for a reason.</summary>
    public long this[Refusal refusal] => Numbers[(int)refusal - 1];

    /// <summary>Updates that are in the weights.</summary>
    public long MergedUpdates => Numbers[Refusals];

    /// <summary>Rounds that changed the weights.</summary>
    public long MergedRounds => Numbers[Refusals + 1];

    /// <summary>Rounds that did not.</summary>
    public long VoidRounds => Numbers[Refusals + 2];

    internal void Count(Refusal refusal) => Numbers[(int)refusal - 1]++;

    internal void Count(RoundReport report)
    {
        Numbers[Refusals] += report.IsMerged ? report.Updates : 0;
        Numbers[Refusals + (report.IsMerged ? 1 : 2)]++;
    }
}
