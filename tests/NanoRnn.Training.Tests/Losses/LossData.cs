namespace NanoRnn.Training.Tests.Losses;

/// <summary>What outputs and targets are.</summary>
internal enum LossData
{
    /// <summary>Outputs and targets from −2 to 3.</summary>
    Numbers,

    /// <summary>Outputs that differ from their targets by up to 0.005.</summary>
    Close,

    /// <summary>Outputs and targets from 0.05 to 0.95.</summary>
    Probabilities,

    /// <summary>Numbers, and targets −1 or 1.</summary>
    Signs,

    /// <summary>Numbers, and targets 0 or 1.</summary>
    Flags,

    /// <summary>Numbers, and one-hot targets.</summary>
    OneHot,

    /// <summary>Numbers, and targets that are any shares.</summary>
    Soft,

    /// <summary>Numbers, and class indices.</summary>
    Classes,

    /// <summary>Numbers, and one target for each three.</summary>
    Quantiles,
}
