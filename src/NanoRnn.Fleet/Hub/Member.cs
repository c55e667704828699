namespace NanoRnn.Fleet;

/// <summary>A device that a hub knows.</summary>
internal sealed class Member(string name)
{
    public string Name => name;

    public bool IsPresent { get; set; }

    /// <summary>Its row among the updates of the round, or -1 if it is not asked.</summary>
    public int Row { get; set; } = -1;

    /// <summary>Whether its update has been taken.</summary>
    public bool HasAnswered { get; set; }
}
