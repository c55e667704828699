namespace NanoRnn.Behaviour;

// Models that take something other than a stream of floats, or need their whole input; see ShapeRun.

[RnnModel(InputSize = 3)]
[Lstm(18, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Gru(5, Direction = Direction.Bidirectional, MergeMode = MergeMode.Multiply)]
[Dense(2, Activation = Activation.Tanh)]
internal sealed partial class BothWays;

[RnnModel(InputSize = 3)]
[LayerNormalization]
[Gru(9, GoBackwards = true, ReturnSequences = true)]
[SimpleRnn(6)]
[RepeatVector(4)]
[Lstm(21, ReturnSequences = true)]
[LayerNormalization]
[Activation(Activation.Softsign)]
[Dense(2)]
internal sealed partial class Rearranged;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Lstm(7, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Dropout(0.25f)]
[Gru(20, ReturnSequences = true, Dropout = 0.2f, RecurrentDropout = 0.3f)]
[Dense(3)]
internal sealed partial class Skipping;

[RnnModel]
[Embedding(13, 19, MaskZero = true)]
[Lstm(12, ReturnSequences = true)]
[Dense(5, Activation = Activation.Softmax)]
internal sealed partial class TokenTagger;

[RnnModel]
[Embedding(13, 6, MaskZero = true)]
[Lstm(17, ReturnSequences = true)]
[Gru(8, GoBackwards = true)]
[Decoder(startToken: 1, endToken: 2)]
[Embedding(9, 5, MaskZero = true)]
[Lstm(17, ReturnSequences = true)]
[Gru(8, ReturnSequences = true)]
[Dense(9, Activation = Activation.Softmax)]
internal sealed partial class Translation;

/// <summary>Attends with both scores to steps that are windows of others, in both directions.</summary>
[RnnModel]
[Embedding(13, 6)]
[Conv1D(20, 3, Padding = Padding.Same, Strides = 2, Activation = Activation.Tanh)]
[Gru(9, Direction = Direction.Bidirectional, ReturnSequences = true, Name = "source")]
[Dense(18, Name = "key")]
[Decoder(startToken: 1, endToken: 2, UseEncoderState = false)]
[Embedding(9, 5, MaskZero = true)]
[Lstm(18, ReturnSequences = true, TrainableInitialState = true, Name = "state")]
[AdditiveAttention("source", Key = "key", Name = "sum")]
[Attention("source", Input = "state", Name = "product")]
[Concatenate("sum", "product", "state")]
[Dense(9, Activation = Activation.Softmax)]
internal sealed partial class Attentive;

/// <summary>Normalizes batches of the input, of windows, and of last states.</summary>
[RnnModel(InputSize = 2)]
[BatchNormalization(Momentum = 0.9)]
[Conv1D(20, 3, Padding = Padding.Same, UseBias = false)]
[BatchNormalization]
[Activation(Activation.Relu)]
[Gru(7)]
[BatchNormalization(Center = false)]
[Dense(3)]
internal sealed partial class BatchNormalized;
