namespace NanoRnn.Tool.Formats;

/// <summary>A kind of layer that a line may have.</summary>
/// <param name="Word">The word of the line.</param>
/// <param name="Numbers">How many numbers follow it.</param>
/// <param name="Keras">Keras's class.</param>
/// <param name="Attribute">NanoRnn's attribute.</param>
/// <param name="Words">Words that it may have, beside its name and what it reads; those with a colon are followed by a number.</param>
internal sealed record LayerKind(string Word, int Numbers, string Keras, string Attribute, params string[] Words)
{
    private const string AnyActivation = "activation";

    public static readonly LayerKind[] All =
    [
        new("lstm", 1, "LSTM", "Lstm", AnyActivation, "bidirectional", "backwards", "sequences", "last", "no_bias"),
        new("gru", 1, "GRU", "Gru", AnyActivation, "bidirectional", "backwards", "sequences", "last", "reset_before", "no_bias"),
        new("rnn", 1, "SimpleRNN", "SimpleRnn", AnyActivation, "bidirectional", "backwards", "sequences", "last", "no_bias"),
        new("dense", 1, "Dense", "Dense", AnyActivation, "no_bias"),
        new("conv1d", 2, "Conv1D", "Conv1D", AnyActivation, "causal", "same", "strides:", "dilation:", "no_bias"),
        new("embedding", 2, "Embedding", "Embedding"),
        new("layer_norm", 0, "LayerNormalization", "LayerNormalization", "epsilon:"),
        new("p_relu", 0, "PReLU", "PReLU"),
        new("max_pooling", 1, "MaxPooling1D", "MaxPooling1D", "same", "strides:") { HasWeights = false },
        new("average_pooling", 1, "AveragePooling1D", "AveragePooling1D", "same", "strides:") { HasWeights = false },
        new("global_max_pooling", 0, "GlobalMaxPooling1D", "GlobalMaxPooling1D") { HasWeights = false },
        new("global_average_pooling", 0, "GlobalAveragePooling1D", "GlobalAveragePooling1D") { HasWeights = false },
        new("dropout", 1, "Dropout", "Dropout") { HasWeights = false },
        new("activation", 0, "Activation", "Activation", AnyActivation) { HasWeights = false },
        new("concatenate", 0, "Concatenate", "Concatenate") { HasWeights = false, IsMerge = true },
        new("add", 0, "Add", "Add") { HasWeights = false, IsMerge = true },
        new("subtract", 0, "Subtract", "Subtract") { HasWeights = false, IsMerge = true },
        new("multiply", 0, "Multiply", "Multiply") { HasWeights = false, IsMerge = true },
    ];

    public bool HasWeights { get; init; } = true;

    /// <summary>Whether it reads several layers, whose names follow it.</summary>
    public bool IsMerge { get; init; }

    public bool IsRecurrent => Keras is "LSTM" or "GRU" or "SimpleRNN";

    public bool TakesActivation => Words.Contains(AnyActivation);
}
