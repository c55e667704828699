namespace NanoRnn.Limits;

/// <summary>Models whose predictions need more memory than a small stack has, in every way that a prediction is made.</summary>
internal static partial class StackModels
{
    [RnnModel(InputSize = 1), Lstm(20, ReturnSequences = true), Dense(2)]
    internal sealed partial class OnStack;

    [RnnModel(InputSize = 1), Dense(65536), LayerNormalization, Dense(1)]
    internal sealed partial class WideNormalization;

    [RnnModel(InputSize = 2), Lstm(600, ReturnSequences = true), Gru(500, ReturnSequences = true, ResetAfter = false), Dense(3)]
    internal sealed partial class Wide;

    [RnnModel(InputSize = 2), Masking(MaskValue = -1), SimpleRnn(2000), Dense(70, Activation = Activation.Softmax)]
    internal sealed partial class WideMasking;

    [RnnModel(InputSize = 2), Gru(40, Direction = Direction.Bidirectional, ReturnSequences = true), Dense(2)]
    internal sealed partial class Whole;

    [RnnModel(InputSize = 2), Lstm(900, ReturnSequences = true), Dense(2000)]
    internal sealed partial class OfFloats;

    [RnnModel(InputSize = 2, Precision = Precision.Int8), Lstm(900, ReturnSequences = true), Dense(2000)]
    internal sealed partial class WideIntegers;

    [RnnModel, Embedding(13, 600, MaskZero = true), Lstm(600), Decoder(startToken: 1, endToken: 2), Embedding(9, 600), Lstm(600, ReturnSequences = true), Dense(9, Activation = Activation.Softmax)]
    internal sealed partial class Translation;
}
