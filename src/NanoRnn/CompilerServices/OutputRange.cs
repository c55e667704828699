using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Between what numbers the outputs of a layer lie, whatever its weights are. This file is a part of the compiler, which finds it out,
/// and of the runtime, whose losses need it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OutputRange
{
    /// <summary>Nothing is known.</summary>
    Any,

    /// <summary>Greater than 0.</summary>
    Positive,

    /// <summary>From 0 to 1.</summary>
    UnitInterval,

    /// <summary>Greater than 0 and at most 1.</summary>
    Probability,
}
