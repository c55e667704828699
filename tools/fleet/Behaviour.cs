namespace NanoRnn.FleetSimulation;

/// <summary>What a device does.</summary>
internal enum Behaviour
{
    Honest,

    /// <summary>Sends an update that looks like any other, and goes against what it has learnt.</summary>
    Poison,

    /// <summary>Sends an update of an enormous norm.</summary>
    Huge,

    /// <summary>Sends numbers that are none.</summary>
    NotFinite,

    /// <summary>Says it comes from two thousand million samples.</summary>
    Boastful,
}
