namespace NanoRnn.Fleet;

/// <summary>What a hub is doing.</summary>
internal enum HubPhase
{
    /// <summary>It waits for devices, or for the time of the next round.</summary>
    Waiting,

    /// <summary>It waits for updates.</summary>
    Open,

    /// <summary>There are no more rounds.</summary>
    Ended,
}
