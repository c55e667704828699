namespace NanoRnn.Onnx.Tests;

// Every layer that ONNX can say, with all options that change its outputs.

[RnnModel(InputSize = 3)]
[SimpleRnn(5, ReturnSequences = true)]
[SimpleRnn(4, Activation = Activation.Relu, UseBias = false)]
[Dense(2)]
public sealed partial class SimpleRnns;

[RnnModel(InputSize = 3)]
[Lstm(5, ReturnSequences = true)]
[Lstm(4, UseBias = false)]
[Dense(2, UseBias = false)]
public sealed partial class Lstms;

[RnnModel(InputSize = 3)]
[Gru(5, ReturnSequences = true)]
[Gru(4, ResetAfter = false)]
[Dense(2)]
public sealed partial class Grus;

[RnnModel(InputSize = 3)]
[Gru(5, UseBias = false, ReturnSequences = true)]
[Gru(4, ResetAfter = false, UseBias = false, ReturnSequences = true)]
public sealed partial class GrusWithoutBias;

[RnnModel(InputSize = 3)]
[Lstm(4, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Gru(4, Direction = Direction.Bidirectional, ReturnSequences = true, MergeMode = MergeMode.Sum)]
[SimpleRnn(4, Direction = Direction.Bidirectional, ReturnSequences = true, MergeMode = MergeMode.Multiply)]
[Lstm(4, Direction = Direction.Bidirectional, ReturnSequences = true, MergeMode = MergeMode.Average)]
public sealed partial class BothWays;

[RnnModel(InputSize = 3)]
[Lstm(4, Direction = Direction.Bidirectional, Name = "concat")]
[Dense(2)]
public sealed partial class BothWaysLast;

[RnnModel(InputSize = 3)]
[Gru(4, Direction = Direction.Bidirectional, MergeMode = MergeMode.Sum, UseBias = false)]
[RepeatVector(3)]
[Gru(4, ResetAfter = false, Direction = Direction.Bidirectional, MergeMode = MergeMode.Multiply)]
[RepeatVector(2)]
[Lstm(4, Direction = Direction.Bidirectional, MergeMode = MergeMode.Average)]
[RepeatVector(5)]
[SimpleRnn(2, ReturnSequences = true)]
public sealed partial class Repeated;

[RnnModel(InputSize = 3)]
[Lstm(4, GoBackwards = true, ReturnSequences = true)]
[Gru(4, GoBackwards = true, ReturnSequences = true)]
[SimpleRnn(4, ReturnSequences = true)]
[Lstm(4, GoBackwards = true)]
public sealed partial class Backwards;

[RnnModel(InputSize = 3)]
[Lstm(4, Activation = Activation.Linear, RecurrentActivation = Activation.HardSigmoid, ReturnSequences = true)]
[Gru(4, Activation = Activation.Elu, RecurrentActivation = Activation.Sigmoid, ReturnSequences = true)]
[Gru(4, Activation = Activation.LeakyRelu, RecurrentActivation = Activation.HardSigmoid, Direction = Direction.Bidirectional, ReturnSequences = true)]
[SimpleRnn(4, Activation = Activation.Softsign, ReturnSequences = true)]
[Lstm(4, Activation = Activation.Softplus, RecurrentActivation = Activation.Tanh, ReturnSequences = true)]
[SimpleRnn(4, Activation = Activation.LeakyRelu)]
public sealed partial class RecurrentActivations;

[RnnModel(InputSize = 3)]
[Dense(4, Activation = Activation.Relu)]
[Dense(4, Activation = Activation.LeakyRelu)]
[Dense(4, Activation = Activation.Elu)]
[Dense(4, Activation = Activation.Selu)]
[Dense(4, Activation = Activation.Softplus)]
[Dense(4, Activation = Activation.Softsign)]
[Dense(4, Activation = Activation.Tanh)]
[Dense(4, Activation = Activation.Sigmoid)]
[Dense(4, Activation = Activation.HardSigmoid)]
[Dense(4, Activation = Activation.Silu)]
[Dense(4, Activation = Activation.Gelu)]
[Dense(4, Activation = Activation.Exponential)]
[Dense(4, Activation = Activation.Softmax)]
public sealed partial class Activations;

[RnnModel(InputSize = 3)]
[Activation(Activation.Gelu)]
[Dropout(0.2)]
[Gru(4, Dropout = 0.2, RecurrentDropout = 0.3, ReturnSequences = true)]
[Activation(Activation.Selu)]
[PReLU]
[Dropout(0.2)]
[Dense(4)]
[Activation(Activation.Softmax)]
public sealed partial class ActivationLayers;

[RnnModel]
[Embedding(7, 5)]
[LayerNormalization(Epsilon = 1e-5)]
[Lstm(5, ReturnSequences = true)]
[LayerNormalization]
[Dense(7, Activation = Activation.Softmax)]
public sealed partial class Words;

[RnnModel(InputSize = 3)]
[Normalization]
[Gru(4)]
[Dense(2)]
[Denormalization]
public sealed partial class Standardized;

[RnnModel(InputSize = 3)]
[Normalization(Kind = NormalizationKind.MinMax)]
[Gru(4, ReturnSequences = true)]
[Dense(2, Activation = Activation.Sigmoid)]
[Denormalization(Kind = NormalizationKind.MinMax)]
public sealed partial class Ranged;

[RnnModel(InputSize = 3)]
[Dense(4, Activation = Activation.Tanh, Name = "features")]
[Gru(4, ReturnSequences = true, Name = "speech")]
[Dropout(0.5)]
[Dense(1, Activation = Activation.Sigmoid, Name = "vad")]
[Concatenate("features", "speech", "input", Name = "all")]
[Gru(4, ReturnSequences = true, Name = "noise")]
[Add("features", "speech", "noise", Name = "sum")]
[Multiply("features", "speech", "noise", Name = "product")]
[Average("features", "speech", "noise", Name = "mean")]
[Subtract("sum", "mean", Name = "difference")]
[Concatenate("difference", "product", Name = "both")]
[Slice(1, 5)]
[Dense(3, Name = "gains")]
[Output("gains", "vad", "all")]
public sealed partial class Graph;

[RnnModel(InputSize = 3)]
[Lstm(4, Name = "first")]
[Gru(3, Input = "input", Name = "second")]
[Concatenate("first", "second")]
[Dense(2, Name = "output")]
[Output("second", "output")]
public sealed partial class Vectors;

[RnnModel(InputSize = 3)]
[Conv1D(4, 3, Padding = Padding.Causal, Activation = Activation.Tanh)]
[Conv1D(4, 2, Padding = Padding.Same, DilationRate = 3, UseBias = false)]
[Conv1D(5, 4, Padding = Padding.Same, Activation = Activation.Softmax)]
[Conv1D(3, 1)]
[Lstm(4, ReturnSequences = true)]
public sealed partial class Convolutions;

[RnnModel(InputSize = 3)]
[Conv1D(4, 3, DilationRate = 2)]
[Conv1D(4, 4, Padding = Padding.Same, Strides = 2, Activation = Activation.Relu)]
[MaxPooling1D(2, Padding = Padding.Same)]
[Conv1D(4, 2, Padding = Padding.Causal, Strides = 2)]
[GlobalAveragePooling1D]
public sealed partial class StridedConvolutions;

[RnnModel(InputSize = 3)]
[MaxPooling1D(3, Strides = 1, Padding = Padding.Same)]
[AveragePooling1D(4, Strides = 1, Padding = Padding.Same)]
[AveragePooling1D(3, Strides = 2, Padding = Padding.Same)]
[MaxPooling1D(2)]
[AveragePooling1D(2, Strides = 1)]
[GlobalMaxPooling1D]
[Dense(2)]
public sealed partial class Poolings;

[RnnModel(InputSize = 3)]
[Dense(6)]
[Conv1D(12, 2, Padding = Padding.Same, Groups = 3, Activation = Activation.Relu)]
[ZeroPadding1D(1, 2, Positions = 4)]
[Conv1D(5, 3, Positions = 7, Strides = 2, Activation = Activation.Tanh)]
[ReflectionPadding1D(2, 1)]
[Conv1D(2, 3, Positions = 9, DilationRate = 2, Padding = Padding.Same)]
[Gru(3)]
[Conv1D(2, 2, Positions = 3, Padding = Padding.Causal)]
public sealed partial class ConvolvedPositions;

[RnnModel(InputSize = 3)]
[BatchNormalization(Epsilon = 0.1)]
[Lstm(4, ReturnSequences = true)]
[BatchNormalization(Scale = false)]
[Gru(3)]
[BatchNormalization(Center = false)]
public sealed partial class NormalizedBatches;

[RnnModel(InputSize = 3)]
[Conv1D(4, 1, Strides = 3, Padding = Padding.Same)]
[GlobalMaxPooling1D(Name = "points")]
[Conv1D(4, 2, Strides = 3, Padding = Padding.Same, Input = "input")]
[GlobalMaxPooling1D(Name = "pairs")]
[MaxPooling1D(2, Strides = 3, Padding = Padding.Same, Input = "input")]
[GlobalAveragePooling1D(Name = "largest")]
[AveragePooling1D(2, Strides = 3, Padding = Padding.Same, Input = "input")]
[GlobalAveragePooling1D(Name = "means")]
[Concatenate("points", "pairs", "largest", "means")]
public sealed partial class FarApart;

[RnnModel(InputSize = 3)]
[Conv1D(4, 3, Padding = Padding.Causal, DilationRate = 2)]
[Gru(4, ReturnSequences = true)]
[Conv1D(2, 2, Padding = Padding.Causal)]
public sealed partial class StreamedConvolutions;

[RnnModel(InputSize = 3)]
[Dense(4)]
[Lstm(4, ReturnSequences = true)]
[Gru(3, ReturnSequences = true)]
[SimpleRnn(5, UseBias = false)]
[Dense(2)]
public sealed partial class Streamed;

[RnnModel(InputSize = 3)]
[Lstm(4, TrainableInitialState = true, UseBias = false, ReturnSequences = true)]
[Gru(3, TrainableInitialState = true, Direction = Direction.Bidirectional, ReturnSequences = true)]
[SimpleRnn(3, TrainableInitialState = true)]
public sealed partial class Started;

[RnnModel(InputSize = 3)]
[Lstm(4, TrainableInitialState = true, ReturnSequences = true)]
[Gru(3, ReturnSequences = true)]
[SimpleRnn(5, TrainableInitialState = true)]
public sealed partial class StartedSession;

[RnnModel(InputSize = 3)]
[Dense(4, Name = "query")]
[Conv1D(4, 3, Strides = 2, Padding = Padding.Same, Input = "input", Name = "key")]
[Conv1D(4, 3, Strides = 2, Padding = Padding.Same, Input = "input", Name = "value")]
[Attention("value", Key = "key", Input = "query", Name = "context")]
[Attention("query", Name = "own")]
[Concatenate("context", "own")]
[Dense(2)]
public sealed partial class DotAttention;

[RnnModel(InputSize = 3)]
[Gru(4, ReturnSequences = true, Name = "steps")]
[Lstm(4, Name = "last")]
[AdditiveAttention("steps", Name = "summary")]
[Dense(4, Input = "steps", Name = "queries")]
[AdditiveAttention("steps", Name = "contexts")]
[GlobalAveragePooling1D(Name = "mean")]
[Concatenate("summary", "mean")]
public sealed partial class AdditiveAttentions;

[RnnModel(LayersOf = typeof(Lstms), Precision = Precision.BFloat16)]
public sealed partial class Reduced;
