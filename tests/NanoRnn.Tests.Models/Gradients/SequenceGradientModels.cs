namespace NanoRnn.Tests.Gradients;

// Both directions with every merge, stacked, and backwards.
[RnnModel(InputSize = 2)] [Lstm(3, Direction = Direction.Bidirectional, MergeMode = MergeMode.Sum, ReturnSequences = true)] [Dense(2)] internal sealed partial class LstmSum;
[RnnModel(InputSize = 2)] [Gru(5, Direction = Direction.Bidirectional, MergeMode = MergeMode.Multiply)] [Dense(1)] internal sealed partial class GruMultiply;
[RnnModel(InputSize = 2)] [SimpleRnn(5, Direction = Direction.Bidirectional, MergeMode = MergeMode.Average, ReturnSequences = true)] [Gru(3, Direction = Direction.Bidirectional)] internal sealed partial class SimpleRnnAverage;
[RnnModel(InputSize = 2)] [Gru(3, ResetAfter = false, Direction = Direction.Bidirectional, ReturnSequences = true)] [Lstm(5)] [Dense(2)] internal sealed partial class GruBeforeConcat;
[RnnModel(InputSize = 2)] [Lstm(3, GoBackwards = true, ReturnSequences = true)] [Gru(5, GoBackwards = true)] [Dense(1)] internal sealed partial class BackwardsStack;

// Masks: from tokens and from features, in one direction and in both.
[RnnModel] [Embedding(5, 3, MaskZero = true)] [Lstm(3, ReturnSequences = true)] [Gru(5)] [Dense(3, Activation = Activation.Softmax)] internal sealed partial class MaskedTokensLast;
[RnnModel] [Embedding(5, 2, MaskZero = true)] [Gru(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(3, Activation = Activation.Softmax)] internal sealed partial class MaskedTokensEvery;
[RnnModel(InputSize = 2)] [Masking(MaskValue = 0.5f)] [Dense(3, Activation = Activation.Tanh)] [Lstm(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [SimpleRnn(5, ReturnSequences = true)] [Dense(2)] internal sealed partial class MaskedFeatures;
[RnnModel(InputSize = 2)] [Masking] [Gru(17, ResetAfter = false, ReturnSequences = true)] [LayerNormalization] [Lstm(3, GoBackwards = true)] internal sealed partial class MaskedSeventeen;
[RnnModel(InputSize = 2)] [Masking] [Lstm(3, GoBackwards = true, ReturnSequences = true)] [Gru(5, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class MaskedBackwards;
[RnnModel] [Embedding(5, 3, MaskZero = true)] [Gru(3, GoBackwards = true, ReturnSequences = true)] [Lstm(3)] [Decoder(3, 4)] [Embedding(5, 2, MaskZero = true)] [Gru(3, ReturnSequences = true)] [Lstm(3, ReturnSequences = true)] [Dense(5, Activation = Activation.Softmax)] internal sealed partial class MaskedTokensToTokens;

// Layers that are neither cells nor dense.
[RnnModel(InputSize = 2)] [LayerNormalization(Epsilon = 0.1f)] [Lstm(5, ReturnSequences = true)] [LayerNormalization] [Gru(3)] [LayerNormalization] internal sealed partial class Normalized;
[RnnModel(InputSize = 2)] [Normalization(Kind = NormalizationKind.MinMax)] [Gru(5)] [Dense(3)] [Denormalization] internal sealed partial class ScaledLast;
[RnnModel(InputSize = 2)] [Masking] [Normalization] [Dense(5, Activation = Activation.Tanh)] [Lstm(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [Denormalization(Kind = NormalizationKind.MinMax)] internal sealed partial class ScaledEvery;
[RnnModel(InputSize = 2)] [SimpleRnn(3, ReturnSequences = true)] [Activation(Activation.Gelu)] [Dense(5)] [Activation(Activation.Softmax)] internal sealed partial class Activated;
[RnnModel(InputSize = 2)] [Gru(3)] [RepeatVector(5)] [Lstm(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class Repeated;
[RnnModel] [Embedding(6, 2)] [Gru(3, ReturnSequences = true)] [Lstm(3)] [Decoder(3, 4)] [Embedding(5, 2)] [Gru(3, ReturnSequences = true)] [Lstm(3, ReturnSequences = true)] [Dense(5, Activation = Activation.Softmax)] internal sealed partial class TokensToTokens;
[RnnModel(InputSize = 2)] [Masking] [BatchNormalization(Epsilon = 0.1)] [Lstm(3, ReturnSequences = true)] [BatchNormalization(Center = false)] [Gru(5, ReturnSequences = true)] [Dense(2)] internal sealed partial class MaskedBatches;
[RnnModel(InputSize = 2)] [Gru(5, Direction = Direction.Bidirectional, ReturnSequences = true, Name = "both")] [BatchNormalization(Name = "scaled")] [Multiply("both", "scaled")] [Lstm(3)] [BatchNormalization(Scale = false)] [Dense(2)] internal sealed partial class BatchesInGraph;

// Dropout.
[RnnModel(InputSize = 3)] [Lstm(5, Dropout = 0.4f, RecurrentDropout = 0.3f, ReturnSequences = true)] [Dense(2)] internal sealed partial class DroppedLstm;
[RnnModel(InputSize = 3)] [Gru(5, Direction = Direction.Bidirectional, Dropout = 0.4f, RecurrentDropout = 0.5f)] [Dense(1)] internal sealed partial class DroppedGru;
[RnnModel(InputSize = 3)] [SimpleRnn(17, RecurrentDropout = 0.5f)] [Dense(1)] internal sealed partial class DroppedSimpleRnn;
[RnnModel(InputSize = 3)] [SimpleRnn(5)] [Dropout(0.5f)] [Dense(2)] internal sealed partial class DroppedFeatures;

// Graphs: with masks, with statistics, with steps of their own.
[RnnModel(InputSize = 2)] [Masking(MaskValue = 0.5f)] [Lstm(3, Direction = Direction.Bidirectional, MergeMode = MergeMode.Sum, ReturnSequences = true, Name = "both")] [Gru(3, ReturnSequences = true, Input = "input", Name = "again")] [Multiply("both", "again", Name = "product")] [SimpleRnn(5, GoBackwards = true, ReturnSequences = true, Name = "back")] [Gru(5, GoBackwards = true, ReturnSequences = true)] [Concatenate("gru", "product", "both")] [Dense(2)] internal sealed partial class MaskedGraph;
[RnnModel] [Embedding(5, 3, MaskZero = true, Name = "tokens")] [Gru(3, ReturnSequences = true, Name = "context")] [Subtract("tokens", "context", Name = "difference")] [Lstm(5, Name = "last")] [SimpleRnn(5, Input = "tokens")] [Multiply("last", "simple_rnn")] [Dense(3, Activation = Activation.Softmax)] internal sealed partial class MaskedTokensGraph;
[RnnModel(InputSize = 2)] [Normalization] [Gru(5, ReturnSequences = true, Name = "context")] [Dense(1, Activation = Activation.Sigmoid, Name = "alarm")] [Dense(3, Input = "context", Name = "scaled")] [Denormalization(Name = "values")] [Output("scaled", "values", "alarm")] internal sealed partial class ScaledGraph;
[RnnModel(InputSize = 2)] [Gru(3, Name = "last")] [RepeatVector(5, Name = "copies")] [Lstm(3, Direction = Direction.Bidirectional, MergeMode = MergeMode.Average, ReturnSequences = true, Name = "decoded")] [RepeatVector(5, Input = "last", Name = "more")] [Multiply("copies", "decoded", "more", "copies")] [Dense(2)] internal sealed partial class RepeatedGraph;
