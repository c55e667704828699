namespace NanoRnn;

/// <summary>
/// Marks a partial class as a recurrent network. The layers are further attributes on the same declaration, in
/// source order; the generator turns them into the class's members.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RnnModelAttribute : Attribute
{
    /// <summary>Number of features of one time step of the input, at least 1. Not for models that begin with an embedding.</summary>
    public int InputSize { get; set; }

    /// <summary>Time steps of a sequence in training, at least 1, for the model's memory to be known at build time.</summary>
    public int TimeSteps { get; set; }

    /// <summary>Sequences in a batch of training, at least 1, for the model's memory to be known at build time.</summary>
    public int BatchSize { get; set; }

    /// <summary>
    /// Training keeps the states of every so many steps, at least 1, and computes what lies between again when the backward pass comes
    /// there: more time, less memory. By default it keeps everything.
    /// </summary>
    public int CheckpointSteps { get; set; }

    /// <summary>Bytes that the model may take in all, at least 1: more is an error at build time.</summary>
    public int MemoryBudget { get; set; }

    /// <summary>
    /// A safetensors file whose weights become a part of the program, by its path or the end of it; it must be among the project's
    /// <c>AdditionalFiles</c>.
    /// </summary>
    public string? Weights { get; set; }

    /// <summary>How the weights are stored. Models of reduced precision predict only.</summary>
    public Precision Precision { get; set; }
}
