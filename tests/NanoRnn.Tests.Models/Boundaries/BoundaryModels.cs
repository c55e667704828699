using NanoRnn.Tests.Cells;

namespace NanoRnn.Tests.Boundaries;

// One of each family, so small that differences of every weight are cheap.
[RnnModel(InputSize = 2)] [Gru(5, ReturnSequences = true)] [Lstm(3)] [Dense(2)] internal sealed partial class StackedLast;
[RnnModel(InputSize = 2)] [Lstm(3, ReturnSequences = true)] [SimpleRnn(5, ReturnSequences = true)] [Dense(3)] internal sealed partial class StackedEvery;
[RnnModel(InputSize = 2)] [Lstm(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalEvery;
[RnnModel(InputSize = 2)] [Gru(3, Direction = Direction.Bidirectional, MergeMode = MergeMode.Sum)] internal sealed partial class BidirectionalLast;
[RnnModel(InputSize = 2)] [Gru(3, GoBackwards = true, ReturnSequences = true)] internal sealed partial class BackwardsEvery;
[RnnModel(InputSize = 2)] [Masking] [Gru(3, ReturnSequences = true)] [Dense(2)] internal sealed partial class MaskedEvery;
[RnnModel(InputSize = 2)] [Masking(MaskValue = 0.5f)] [Lstm(3, Direction = Direction.Bidirectional)] internal sealed partial class MaskedLast;
[RnnModel] [Embedding(5, 3, MaskZero = true)] [Lstm(3, ReturnSequences = true)] [Dense(3, Activation = Activation.Softmax)] internal sealed partial class EmbeddedEvery;
[RnnModel(InputSize = 2)] [LayerNormalization(Epsilon = 0.1f)] [Gru(5, ReturnSequences = true)] [LayerNormalization] internal sealed partial class NormalizedEvery;
[RnnModel(InputSize = 2)] [Normalization] [Gru(3, ReturnSequences = true)] [Dense(5)] [Denormalization] internal sealed partial class ScaledEvery;
[RnnModel(InputSize = 2)] [Dense(5, Activation = Activation.Tanh)] [Dense(2)] internal sealed partial class DenseOnly;
[RnnModel(InputSize = 2)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.MinimalGatedUnit), 5, ReturnSequences = true)] [Dense(2)] internal sealed partial class OwnEvery;
[RnnModel(InputSize = 2)] [SimpleRnn(3)] [RepeatVector(17)] [Gru(3, ReturnSequences = true)] internal sealed partial class RepeatedSeventeen;
[RnnModel] [Embedding(6, 2)] [Gru(3)] [Decoder(3, 4)] [Embedding(5, 2)] [Gru(3, ReturnSequences = true)] [Dense(5, Activation = Activation.Softmax)] internal sealed partial class Decoded;

// So rarely that it never happens: the way of training with dropout, and the gradients without.
[RnnModel(InputSize = 2)] [Dropout(1e-7f)] [Lstm(3, Dropout = 1e-7f, RecurrentDropout = 1e-7f, ReturnSequences = true)] [Dropout(1e-7f)] [Dense(2)] internal sealed partial class DroppedEvery;
[RnnModel(InputSize = 2)] [Dense(3, Activation = Activation.Tanh, Name = "features")] [Gru(3, ReturnSequences = true, Name = "context")] [Multiply("features", "context", "features", Name = "product")] [Dropout(1e-7f, Input = "context", Name = "dropped")] [Slice(1, 2, Input = "context", Name = "part")] [Dense(1, Input = "dropped", Name = "one")] [Subtract("part", "input", Name = "difference")] [Output("product", "one", "difference")] internal sealed partial class GraphEvery;
