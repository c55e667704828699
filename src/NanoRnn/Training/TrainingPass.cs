namespace NanoRnn;

/// <summary>What the threads of a trainer do together.</summary>
internal enum TrainingPass
{
    /// <summary>The forward pass, or a part of it, each over its own sequences.</summary>
    Forward,

    /// <summary>The backward pass, or a part of it, each over its own sequences.</summary>
    Backward,

    /// <summary>The weight gradient, piece by piece.</summary>
    Gradients,

    /// <summary>The statistics of a batch, piece by piece.</summary>
    Statistics,

    /// <summary>What these hand back, piece by piece.</summary>
    StatisticsBackward,
}
