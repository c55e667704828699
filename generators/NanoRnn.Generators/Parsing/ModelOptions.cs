namespace NanoRnn.Generators.Parsing;

/// <summary>What <c>[RnnModel]</c> says beside the input size.</summary>
/// <param name="TimeSteps">Time steps of a sequence in training; 0 if it is not said.</param>
/// <param name="BatchSize">Sequences in a batch of training; 0 if it is not said.</param>
/// <param name="TargetSteps">Steps of a target of the decoder in training; 0 if it is not said.</param>
/// <param name="CheckpointSteps">Steps that training keeps at the same time, the others being computed again; 0 to keep all.</param>
/// <param name="MemoryBudget">Bytes that all the model's memory may have; 0 for no limit.</param>
/// <param name="Weights">File of the weights that the program contains; null for none.</param>
/// <param name="Precision">How weights are stored.</param>
internal sealed record ModelOptions(
    int TimeSteps, int BatchSize, int TargetSteps, int CheckpointSteps, int MemoryBudget, string? Weights, PrecisionKind Precision)
{
    /// <summary>Whether it is known how many sequences there are at a time, and how long they are.</summary>
    public bool KnowsBatch => TimeSteps > 0;
}
