namespace NanoRnn.Fleet;

/// <summary>What came of a round.</summary>
/// <param name="Round">Counted from 0.</param>
/// <param name="Asked">Devices that were asked.</param>
/// <param name="Devices">The devices whose updates were taken, by name.</param>
/// <param name="IsMerged">Whether they were enough to be merged.</param>
/// <param name="Loss">The mean of the losses that devices had in training, weighted by samples; NaN without updates.</param>
public sealed record RoundReport(int Round, int Asked, IReadOnlyList<string> Devices, bool IsMerged, double Loss)
{
    /// <summary>Updates that were taken.</summary>
    public int Updates => Devices.Count;
}
