namespace NanoRnn.Reduced;

/// <summary>
/// Layers without activations, whose results are sums and products alone, so that a test can compute them to the bit: of floats, and the
/// same of 8-bit integers.
/// </summary>
internal static partial class LinearModels
{
    [RnnModel(InputSize = 5)]
    [SimpleRnn(21, Activation = Activation.Linear, ReturnSequences = true)]
    internal sealed partial class Rnn : IModel<Rnn>;

    [RnnModel(InputSize = 5, Precision = Precision.Int8)]
    [SimpleRnn(21, Activation = Activation.Linear, ReturnSequences = true)]
    internal sealed partial class Int8Rnn : IReducedModel<Int8Rnn>;

    [RnnModel(InputSize = 3)]
    [Lstm(18, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, ReturnSequences = true)]
    internal sealed partial class Lstm : IModel<Lstm>;

    [RnnModel(InputSize = 3, Precision = Precision.Int8)]
    [Lstm(18, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, ReturnSequences = true)]
    internal sealed partial class Int8Lstm : IReducedModel<Int8Lstm>;

    [RnnModel(InputSize = 70)]
    [Lstm(34, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, ReturnSequences = true)]
    internal sealed partial class WideLstm : IModel<WideLstm>;

    [RnnModel(InputSize = 70, Precision = Precision.Int8)]
    [Lstm(34, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, ReturnSequences = true)]
    internal sealed partial class Int8WideLstm : IReducedModel<Int8WideLstm>;

    [RnnModel(InputSize = 9)]
    [Gru(20, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, ReturnSequences = true)]
    internal sealed partial class Gru : IModel<Gru>;

    [RnnModel(InputSize = 9, Precision = Precision.Int8)]
    [Gru(20, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, ReturnSequences = true)]
    internal sealed partial class Int8Gru : IReducedModel<Int8Gru>;

    [RnnModel(InputSize = 4)]
    [Gru(7, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, ResetAfter = false, ReturnSequences = true)]
    internal sealed partial class GruResetBefore : IModel<GruResetBefore>;

    [RnnModel(InputSize = 4, Precision = Precision.Int8)]
    [Gru(7, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, ResetAfter = false, ReturnSequences = true)]
    internal sealed partial class Int8GruResetBefore : IReducedModel<Int8GruResetBefore>;

    [RnnModel(InputSize = 130)]
    [Dense(45)]
    internal sealed partial class Dense : IModel<Dense>;

    [RnnModel(InputSize = 130, Precision = Precision.Int8)]
    [Dense(45)]
    internal sealed partial class Int8Dense : IReducedModel<Int8Dense>;
}
