namespace NanoRnn.Behaviour;

// Models that skip steps, with every layer that changes the order or the number of steps: see PaddingTests.

[RnnModel(InputSize = 1)]
[Masking(MaskValue = -1)]
[SimpleRnn(1, Activation = Activation.Linear, GoBackwards = true, ReturnSequences = true)]
[SimpleRnn(1, Activation = Activation.Linear)]
internal sealed partial class ReversedSums : IMaskModel<ReversedSums, float>;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Lstm(5, GoBackwards = true, ReturnSequences = true)]
[Gru(3, ReturnSequences = true)]
[Dense(2)]
internal sealed partial class ReversedOutputs : IMaskModel<ReversedOutputs, float>;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Gru(6, GoBackwards = true, ReturnSequences = true)]
[LayerNormalization]
[Lstm(4, GoBackwards = true, ReturnSequences = true, RecurrentDropout = 0.1f)]
[Dense(2)]
internal sealed partial class ReversedTwice : IMaskModel<ReversedTwice, float>;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Lstm(3, GoBackwards = true, ReturnSequences = true)]
[Gru(4, Direction = Direction.Bidirectional, MergeMode = MergeMode.Multiply, ReturnSequences = true)]
[SimpleRnn(17, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Dense(2)]
internal sealed partial class ReversedBothWays : IMaskModel<ReversedBothWays, float>;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Lstm(5, Direction = Direction.Bidirectional, MergeMode = MergeMode.Average, ReturnSequences = true)]
[Gru(4, Direction = Direction.Bidirectional)]
[Dense(2)]
internal sealed partial class StackedBothWays : IMaskModel<StackedBothWays, float>;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Gru(5, GoBackwards = true, ReturnSequences = true, ResetAfter = false)]
[SimpleRnn(4)]
[RepeatVector(3)]
[Lstm(3, GoBackwards = true, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class ReversedRepeated : IMaskModel<ReversedRepeated, float>;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Dense(4)]
[Lstm(20, ReturnSequences = true)]
[LayerNormalization]
[Gru(5, ReturnSequences = true)]
[Dense(2)]
internal sealed partial class MaskedStream : IMaskModel<MaskedStream, float>;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Gru(5, ReturnSequences = true, Name = "context")]
[Lstm(5, Direction = Direction.Bidirectional, MergeMode = MergeMode.Sum, ReturnSequences = true, Input = "input", Name = "both")]
[Multiply("context", "both", "context", Name = "product")]
[Concatenate("product", "input")]
[SimpleRnn(4, GoBackwards = true, ReturnSequences = true)]
[Gru(5, GoBackwards = true, ReturnSequences = true, Name = "back")]
[Subtract("back", "context", Name = "difference")]
[Output("difference", "product")]
internal sealed partial class MaskedGraph : IMaskModel<MaskedGraph, float>;

[RnnModel]
[Embedding(7, 3, MaskZero = true)]
[Lstm(5, GoBackwards = true, ReturnSequences = true)]
[Dense(4, Activation = Activation.Softmax)]
internal sealed partial class ReversedTokens : IMaskModel<ReversedTokens, int>;

[RnnModel]
[Embedding(7, 3, MaskZero = true)]
[Lstm(5, ReturnSequences = true)]
[Gru(3)]
[Dense(4, Activation = Activation.Softmax)]
internal sealed partial class TokenStream : IMaskModel<TokenStream, int>;

[RnnModel]
[Embedding(7, 3, MaskZero = true)]
[Lstm(4, GoBackwards = true, ReturnSequences = true)]
[Gru(3)]
[Decoder(startToken: 1, endToken: 2)]
[Embedding(6, 4, MaskZero = true)]
[Lstm(4, ReturnSequences = true)]
[Gru(3, ReturnSequences = true)]
[Dense(6, Activation = Activation.Softmax)]
internal sealed partial class ReversedTranslation;

/// <summary>No mask of its own: sequences have lengths.</summary>
[RnnModel(InputSize = 2)]
[Lstm(5, GoBackwards = true, ReturnSequences = true)]
[Gru(3, ReturnSequences = true)]
[Dense(2)]
internal sealed partial class ReversedWithoutMask : IMaskModel<ReversedWithoutMask, float>;

/// <summary>Every kind of dropout, a target for each step, and states that can be carried on.</summary>
[RnnModel]
[Embedding(7, 3)]
[Lstm(5, Dropout = 0.3f, RecurrentDropout = 0.3f, ReturnSequences = true)]
[Dropout(0.4f)]
[Dense(4, Activation = Activation.Softmax)]
internal sealed partial class DroppedTokens : IMaskModel<DroppedTokens, int>;

// Last layers whose outputs are no probabilities, whatever is before them.

[RnnModel(InputSize = 2)]
[Dense(3, Activation = Activation.Softmax)]
[LayerNormalization]
internal sealed partial class NormalizedLast;

[RnnModel(InputSize = 2)]
[Dense(3, Activation = Activation.Softmax)]
[Dropout(0.5f)]
internal sealed partial class DroppedLast;

[RnnModel(InputSize = 2)]
[Dense(3, Activation = Activation.Softmax)]
[Lambda(nameof(OwnLast.Double))]
internal sealed partial class OwnLast
{
    private static float Double(float x) => x + x;
}

[RnnModel(InputSize = 1)]
[Gru(3, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class OnePerStep;

/// <summary>As many outputs as the tests have steps, for a whole sequence.</summary>
[RnnModel(InputSize = 1)]
[Gru(3)]
[Dense(3)]
internal sealed partial class Widest;
