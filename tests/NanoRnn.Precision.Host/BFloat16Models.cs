namespace NanoRnn.Reduced;

/// <summary>The networks of the tests, with weights of bfloat16. The same layers as in the other files, line by line.</summary>
internal static partial class BFloat16Models
{
    [RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
    [SimpleRnn(1, ReturnSequences = true)]
    [Lstm(2, ReturnSequences = true)]
    [Gru(3, ReturnSequences = true)]
    [Gru(4, ResetAfter = false)]
    [Dense(5)]
    internal sealed partial class Small : IReducedModel<Small>;

    [RnnModel(InputSize = 3, Precision = Precision.BFloat16)]
    [Lstm(5, ReturnSequences = true)]
    [Gru(7, ReturnSequences = true)]
    [SimpleRnn(8, ReturnSequences = true)]
    [Gru(6, ResetAfter = false, ReturnSequences = true)]
    [Dense(7)]
    internal sealed partial class Tails : IReducedModel<Tails>;

    [RnnModel(InputSize = 2, Precision = Precision.BFloat16)]
    [Lstm(16, ReturnSequences = true)]
    [SimpleRnn(20, ReturnSequences = true)]
    [Gru(17, ResetAfter = false, ReturnSequences = true)]
    [Dense(9, Activation = Activation.Softmax)]
    internal sealed partial class Blocks : IReducedModel<Blocks>;

    [RnnModel(InputSize = 9, Precision = Precision.BFloat16)]
    [Lstm(33, ReturnSequences = true)]
    [Gru(31, UseBias = false)]
    [Dense(3)]
    internal sealed partial class Odd : IReducedModel<Odd>;

    [RnnModel(InputSize = 10, Precision = Precision.BFloat16)]
    [Lstm(70)]
    [Dense(1)]
    internal sealed partial class Large : IReducedModel<Large>;

    [RnnModel(InputSize = 8, Precision = Precision.BFloat16)]
    [Gru(65, ReturnSequences = true)]
    [Gru(50, ResetAfter = false)]
    [Dense(12, Activation = Activation.Tanh)]
    internal sealed partial class Gates : IReducedModel<Gates>;

    [RnnModel(InputSize = 5, Precision = Precision.BFloat16)]
    [SimpleRnn(64, UseBias = false)]
    [Dense(6, UseBias = false)]
    internal sealed partial class Plain : IReducedModel<Plain>;

    [RnnModel(InputSize = 4, Precision = Precision.BFloat16)]
    [Dense(37, Activation = Activation.Relu)]
    [Dense(18)]
    [Dense(2)]
    internal sealed partial class Layers : IReducedModel<Layers>;

    [RnnModel(InputSize = 3, Precision = Precision.BFloat16)]
    [Lstm(20, Direction = Direction.Bidirectional, ReturnSequences = true)]
    [Dropout(0.2f)]
    [Gru(9, GoBackwards = true)]
    [RepeatVector(3)]
    [SimpleRnn(10, ReturnSequences = true)]
    [Dense(5)]
    internal sealed partial class BothWays : IReducedModel<BothWays>;

    [RnnModel(InputSize = 2, Precision = Precision.BFloat16)]
    [Masking(MaskValue = 0.5f)]
    [Gru(12, ReturnSequences = true, Dropout = 0.1f, RecurrentDropout = 0.2f)]
    [Activation(Activation.Softsign)]
    [Lstm(19)]
    [Dense(8)]
    internal sealed partial class Masked : IReducedModel<Masked>;

    [RnnModel(InputSize = 3, Precision = Precision.BFloat16)]
    [CustomRnn(nameof(MinimalGatedUnit), 13, ReturnSequences = true)]
    [Lambda(nameof(Bend))]
    [Lstm(11)]
    [Dense(6)]
    internal sealed partial class Own : OwnParts, IReducedModel<Own>;

    [RnnModel(InputSize = 3, Precision = Precision.BFloat16)]
    [Dense(19, Activation = Activation.Tanh, Name = "features")]
    [Gru(19, ReturnSequences = true, Name = "context")]
    [Dense(2, Name = "few")]
    [Multiply("features", "context", "features", Name = "product")]
    [Concatenate("product", "input", Name = "all")]
    [Lstm(7, ReturnSequences = true)]
    [Slice(2, 6, Input = "all", Name = "part")]
    [Dense(6, Input = "lstm", Name = "out")]
    [Subtract("out", "part")]
    [Output("subtract", "few")]
    internal sealed partial class Graph : IReducedModel<Graph>;

    [RnnModel(Precision = Precision.BFloat16)]
    [Embedding(11, 10)]
    [LayerNormalization]
    [Lstm(24, ReturnSequences = true)]
    [Dense(11, Activation = Activation.Softmax)]
    internal sealed partial class Tokens : IReducedModel<Tokens>;

    [RnnModel(InputSize = 3, Precision = Precision.BFloat16)]
    [Lstm(17)]
    [Decoder(startToken: 1, endToken: 2)]
    [Embedding(9, 5)]
    [Lstm(17, ReturnSequences = true)]
    [Dense(9, Activation = Activation.Softmax)]
    internal sealed partial class Translator : IReducedModel<Translator>;
}
