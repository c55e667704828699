namespace NanoRnn;

/// <summary>
/// Marks a partial class as a recurrent network. The layers are further attributes on the same declaration, in
/// source order; the generator turns them into the class's members.
/// </summary>
/// <example>
/// One number from any number of time steps with three features:
/// <code>
/// [RnnModel(InputSize = 3)]
/// [Lstm(32)]
/// [Dense(1)]
/// public sealed partial class Forecaster;
///
/// var model = Forecaster.Load("forecaster.safetensors");
/// Span&lt;float&gt; output = stackalloc float[Forecaster.OutputSize];
/// model.Predict(sequence, output);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RnnModelAttribute : Attribute
{
    /// <summary>Number of features of one time step of the input, at least 1. Not for models that begin with an embedding.</summary>
    public int InputSize { get; set; }

    /// <summary>
    /// Another model of the same project whose layers and input size this class has, instead of layers of its own: the same network with
    /// another <see cref="Precision"/>, or for prediction alone. It loads the other's files.
    /// </summary>
    /// <example>
    /// <code>
    /// [RnnModel(LayersOf = typeof(Forecaster), Precision = Precision.Int8)]
    /// public sealed partial class SmallForecaster;
    /// </code>
    /// </example>
    public Type? LayersOf { get; set; }

    /// <summary>
    /// Time steps of a sequence in training, at least 1, for the model's memory to be known at build time; with
    /// <see cref="BatchSize"/>. A trainer takes it where its options say nothing, and may have others, which the constants do not know.
    /// </summary>
    public int TimeSteps { get; set; }

    /// <summary>Sequences in a batch of training, at least 1, in the same way; with <see cref="TimeSteps"/>.</summary>
    public int BatchSize { get; set; }

    /// <summary>Tokens of a target in training of a model with a decoder, at least 1, in the same way; with the two others.</summary>
    public int TargetSteps { get; set; }

    /// <summary>
    /// How many time steps training keeps at the same time, at least 1: what lies before them is computed again from the states at every
    /// so many steps, when the backward pass comes there. More time, less memory. By default training keeps all steps. With
    /// <see cref="TimeSteps"/> and <see cref="BatchSize"/>; only for models that go step by step, as those with a session do.
    /// </summary>
    public int CheckpointSteps { get; set; }

    /// <summary>
    /// Bytes that the model may take in all, at least 1: more is an error at build time. With <see cref="TimeSteps"/> and
    /// <see cref="BatchSize"/> it is the model and its training with Adam, else the model, a session and what a prediction takes.
    /// </summary>
    public int MemoryBudget { get; set; }

    /// <summary>
    /// A safetensors file whose weights become a part of the program, by its path or the end of it; it must be among the project's
    /// <c>AdditionalFiles</c>. It has the model's tensors, or those of PyTorch's modules that are its layers.
    /// </summary>
    public string? Weights { get; set; }

    /// <summary>How the weights are stored. Models of reduced precision predict only.</summary>
    public Precision Precision { get; set; }
}
