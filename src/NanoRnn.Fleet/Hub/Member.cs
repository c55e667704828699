namespace NanoRnn.Fleet;

/// <summary>A device that a hub knows.</summary>
internal sealed class Member(string name)
{
    public string Name => name;

    public bool IsPresent { get; set; }

    /// <summary>Its row among the updates of the round, or -1 if it is not asked.</summary>
    public int Row { get; set; } = -1;

    /// <summary>Whether what it has sent in the round was no good: it may do better, but nobody waits for it.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Whether its update has been taken.</summary>
    public bool HasAnswered { get; set; }
}
