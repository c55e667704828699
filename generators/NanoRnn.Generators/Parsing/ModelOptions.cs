namespace NanoRnn.Generators.Parsing;

/// <summary>What <c>[RnnModel]</c> says beside the input size.</summary>
/// <param name="TimeSteps">Time steps of a sequence in training; 0 if it is not said.</param>
/// <param name="BatchSize">Sequences in a batch of training; 0 if it is not said.</param>
/// <param name="CheckpointSteps">Steps from one kept state to the next, those between being computed again; 0 to keep all.</param>
/// <param name="MemoryBudget">Bytes that all the model's memory may have; 0 for no limit.</param>
/// <param name="Weights">File of the weights that the program contains; null for none.</param>
/// <param name="Precision">How weights are stored.</param>
internal sealed record ModelOptions(
    int TimeSteps, int BatchSize, int CheckpointSteps, int MemoryBudget, string? Weights, PrecisionKind Precision);
