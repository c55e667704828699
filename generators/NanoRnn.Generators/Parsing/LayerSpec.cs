using NanoRnn.CompilerServices;
using NanoRnn.Generators.Parsing.Cells;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Parsing;

/// <summary>One layer, with the options of its attribute. Those that its kind does not have keep their defaults.</summary>
/// <param name="Kind">Which layer.</param>
/// <param name="Name">Keras-style unique name.</param>
internal sealed record LayerSpec(LayerKind Kind, string Name)
{
    /// <summary>
    /// At most this many outputs of a dense layer behind another layer are computed as dot products along the input instead of with
    /// units in lanes.
    /// </summary>
    public const int MaxDotUnits = 4;

    /// <summary>What it reads: numbers of layers above it, or <see cref="ModelSpec.ModelInput"/>.</summary>
    public EquatableArray<int> Inputs { get; init; }

    /// <summary>Number of units, an embedding's dimensions; 0 for a layer with as many features as its input.</summary>
    public int Units { get; init; }

    public bool UseBias { get; init; } = true;

    /// <summary>Activation of the output.</summary>
    public ActivationKind Activation { get; init; }

    /// <summary>Activation of the gates, for gated cells.</summary>
    public ActivationKind RecurrentActivation { get; init; }

    /// <summary>Whether a recurrent layer returns every step.</summary>
    public bool ReturnSequences { get; init; }

    /// <summary>Whether an LSTM's forget bias starts at one.</summary>
    public bool UnitForgetBias { get; init; } = true;

    /// <summary>Whether a GRU resets after the recurrent product.</summary>
    public bool ResetAfter { get; init; } = true;

    /// <summary>Whether the states before the first step are weights.</summary>
    public bool TrainableInitialState { get; init; }

    /// <summary>Whether the sequence is gone through from its end, and the outputs come in that order.</summary>
    public bool GoBackwards { get; init; }

    public DirectionKind Direction { get; init; }

    public MergeKind MergeMode { get; init; }

    public bool IsBidirectional => Direction == DirectionKind.Bidirectional;

    /// <summary>Share of the inputs that training drops.</summary>
    public float Dropout { get; init; }

    /// <summary>Share of the state that training drops before the recurrent kernel.</summary>
    public float RecurrentDropout { get; init; }

    /// <summary>Tokens of an embedding.</summary>
    public int Vocabulary { get; init; }

    /// <summary>Whether an embedding's token 0 is padding.</summary>
    public bool MaskZero { get; init; }

    /// <summary>What all features of a step that is to be skipped are.</summary>
    public float MaskValue { get; init; }

    /// <summary>What a normalization adds to the variance.</summary>
    public float Epsilon { get; init; }

    /// <summary>How much of its moving averages a batch leaves.</summary>
    public float Momentum { get; init; }

    /// <summary>Whether a batch normalization has a factor.</summary>
    public bool Scale { get; init; } = true;

    /// <summary>Whether a batch normalization has an offset.</summary>
    public bool Center { get; init; } = true;

    /// <summary>By which statistics features are scaled.</summary>
    public NormalizationKind NormalizationKind { get; init; }

    /// <summary>Steps that a convolution or a pooling sees at once.</summary>
    public int KernelSize { get; init; } = 1;

    /// <summary>Steps from one of them to the next.</summary>
    public int DilationRate { get; init; } = 1;

    /// <summary>Steps from one output to the next.</summary>
    public int Strides { get; init; } = 1;

    /// <summary>Positions of a step that a convolution or a padding goes over; 0 for one over time, or for a padding over all features.</summary>
    public int Positions { get; init; }

    /// <summary>Groups of a convolution.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Positions that a padding puts before the first one.</summary>
    public int Before { get; init; }

    /// <summary>Positions that a padding puts behind the last one.</summary>
    public int Behind { get; init; }

    /// <summary>What is seen beyond the ends of the sequence.</summary>
    public Padding Padding { get; init; }

    /// <summary>The first feature of a slice.</summary>
    public int Start { get; init; }

    /// <summary>Steps of a repeated vector.</summary>
    public int Count { get; init; }

    public int StartToken { get; init; }

    public int EndToken { get; init; }

    /// <summary>Whether a decoder's recurrent layers start where the encoder's ended.</summary>
    public bool UseEncoderState { get; init; } = true;

    /// <summary>What is asked of the tensors; the computation does not depend on it.</summary>
    public WeightsSpec Weights { get; init; } = WeightsSpec.Default;

    /// <summary>The user's function in the place of <see cref="Activation"/>, or null.</summary>
    public UserFunction? ActivationMethod { get; init; }

    /// <summary>The user's function in the place of <see cref="RecurrentActivation"/>, or null.</summary>
    public UserFunction? RecurrentActivationMethod { get; init; }

    /// <summary>The user's cell, for a layer that has one.</summary>
    public CellSpec? Cell { get; init; }

    public bool IsRecurrent => Kind is LayerKind.SimpleRnn or LayerKind.Lstm or LayerKind.Gru or LayerKind.CustomRnn;

    /// <summary>Whether it makes one output of those of several layers.</summary>
    public bool IsMerge => Kind is LayerKind.Concatenate or LayerKind.Add or LayerKind.Subtract or LayerKind.Multiply or LayerKind.Average;

    /// <summary>Whether outputs are the activation's values, of sums of its inputs' features.</summary>
    public bool IsAffine => Kind is LayerKind.Dense or LayerKind.Conv1D;

    /// <summary>Which steps each output of a convolution or a pooling sees.</summary>
    public WindowGeometry Windows => new(KernelSize, DilationRate, Strides, Padding);

    /// <summary>Whether it averages the steps of another layer: what it reads is the query, the values and the keys.</summary>
    public bool Attends => Kind is LayerKind.Attention or LayerKind.AdditiveAttention;

    /// <summary>Whether it puts several steps that lie side by side together.</summary>
    public bool HasWindows => Kind is LayerKind.MaxPooling1D or LayerKind.AveragePooling1D || Kind == LayerKind.Conv1D && Positions == 0 && (KernelSize > 1 || Strides > 1);

    /// <summary>Whether it adds positions to each step.</summary>
    public bool IsPositionPadding => Kind is LayerKind.ZeroPadding1D or LayerKind.ReflectionPadding1D;

    /// <summary>Whether it makes one vector of all steps.</summary>
    public bool IsGlobalPooling => Kind is LayerKind.GlobalMaxPooling1D or LayerKind.GlobalAveragePooling1D;

    /// <summary>Whether it reads the layer above it alone.</summary>
    /// <param name="number">Its own number.</param>
    public bool ReadsAbove(int number) => Inputs.Count == 1 && Inputs[0] == number - 1;

    /// <summary>The layer whose values arrive in prediction where another is read: dropouts change nothing there.</summary>
    /// <param name="number">Number of the layer that is read, or <see cref="ModelSpec.ModelInput"/>.</param>
    /// <param name="layerOf">The layers by their numbers.</param>
    public static int PastDropouts(int number, Func<int, LayerSpec> layerOf)
    {
        while (number >= 0 && layerOf(number) is { Kind: LayerKind.Dropout } dropout)
            number = dropout.Inputs[0];
        return number;
    }

    /// <summary>Whether the layer skips steps of its model's input.</summary>
    public bool Masks => Kind == LayerKind.Masking || MaskZero;
}

/// <summary>The layers that attributes can name.</summary>
internal enum LayerKind
{
    Dense,
    SimpleRnn,
    Lstm,
    Gru,
    Embedding,
    RepeatVector,
    Dropout,
    LayerNormalization,
    BatchNormalization,
    Normalization,
    Denormalization,
    Masking,
    Activation,
    Lambda,
    CustomRnn,
    Concatenate,
    Add,
    Subtract,
    Multiply,
    Average,
    Slice,
    Conv1D,
    MaxPooling1D,
    AveragePooling1D,
    GlobalMaxPooling1D,
    GlobalAveragePooling1D,
    ZeroPadding1D,
    ReflectionPadding1D,
    PReLU,
    Attention,
    AdditiveAttention,

    /// <summary>No layer: where the decoder begins.</summary>
    Decoder,
}

/// <summary>The runtime library's, value by value.</summary>
internal enum NormalizationKind
{
    Standard,
    MinMax,
}

/// <summary>The runtime library's <c>Direction</c>, value by value.</summary>
internal enum DirectionKind
{
    Forward,
    Bidirectional,
}

/// <summary>The runtime library's <c>MergeMode</c>, value by value.</summary>
internal enum MergeKind
{
    Concat,
    Sum,
    Multiply,
    Average,
}

/// <summary>The runtime library's <c>Activation</c>, value by value.</summary>
internal enum ActivationKind
{
    Linear,
    Relu,
    LeakyRelu,
    Elu,
    Selu,
    Softplus,
    Softsign,
    Tanh,
    Sigmoid,
    HardSigmoid,
    Silu,
    Gelu,
    Exponential,
    Softmax,
}
