namespace NanoRnn;

/// <summary>What a trainer's <c>Fit</c> is at.</summary>
internal enum FitPhase
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Callbacks are told that it begins: one may still load a training that it goes on with.</summary>
    Beginning,

    /// <summary>Epochs.</summary>
    Running,
}
