namespace NanoRnn.Weights.Tests.PyTorch;

// The networks of tests/golden/pytorch/generate.py.

[RnnModel(InputSize = 3)]
[Lstm(5)]
[Dense(2)]
public sealed partial class OneLstm;

[RnnModel(InputSize = 3)]
[Lstm(5, ReturnSequences = true)]
[Lstm(5, ReturnSequences = true)]
[Lstm(5)]
[Dense(2)]
public sealed partial class LstmLayers;

[RnnModel(InputSize = 3)]
[Lstm(4, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Lstm(4, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Dense(2)]
public sealed partial class LstmBothWays;

[RnnModel(InputSize = 3)]
[Lstm(5, ReturnSequences = true)]
public sealed partial class Bare;

[RnnModel(InputSize = 3)]
[Gru(5, ReturnSequences = true)]
[Gru(5)]
[Dense(2)]
public sealed partial class GruLayers;

[RnnModel(InputSize = 3)]
[Gru(4, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Dense(2)]
public sealed partial class GruBothWays;

[RnnModel(InputSize = 3)]
[Gru(5, UseBias = false)]
[Dense(2, UseBias = false)]
public sealed partial class GruWithoutBias;

[RnnModel(InputSize = 3)]
[SimpleRnn(5)]
[Dense(2)]
public sealed partial class RnnTanh;

[RnnModel(InputSize = 3)]
[SimpleRnn(5, Activation = Activation.Relu)]
[Dense(2)]
public sealed partial class RnnRelu;

[RnnModel(InputSize = 3)]
[Conv1D(4, 2, Padding = Padding.Causal)]
[Conv1D(4, 3, Padding = Padding.Causal, DilationRate = 2)]
[Dense(2)]
public sealed partial class Convolutions;

[RnnModel(InputSize = 3)]
[Dense(4)]
[PReLU]
[Dense(2)]
public sealed partial class Slopes;

[RnnModel]
[Embedding(7, 5)]
[LayerNormalization(Epsilon = 1e-5f)]
[Lstm(5, UseBias = false)]
[Dense(3)]
public sealed partial class Words;

[RnnModel(InputSize = 3)]
[Dense(3)]
[Dense(3)]
[Dense(3)]
public sealed partial class Numbered;

[RnnModel(InputSize = 3)]
[Dense(3, Name = "inner_0")]
[Dense(3, Name = "head")]
[Dense(3, Name = "body")]
public sealed partial class Named;

[RnnModel(InputSize = 3, Weights = "lstm.bf16.safetensors")]
[Lstm(5)]
[Dense(2)]
public sealed partial class PretrainedLstm;

[RnnModel(InputSize = 3, Weights = "gru.f64.safetensors")]
[Gru(5, ReturnSequences = true)]
[Gru(5)]
[Dense(2)]
public sealed partial class PretrainedGru;

[RnnModel(InputSize = 3)]
[Gru(5, ResetAfter = false)]
[Dense(2)]
public sealed partial class ResetBefore;

[RnnModel(InputSize = 3)]
[Lstm(5, Activation = Activation.Relu)]
[Dense(2)]
public sealed partial class OtherActivation;

[RnnModel(InputSize = 3)]
[Normalization]
[Lstm(5)]
[Dense(2)]
public sealed partial class Statistics;

[RnnModel(InputSize = 3)]
[Lstm(5, TrainableInitialState = true)]
[Dense(2)]
public sealed partial class Started;

[RnnModel(InputSize = 3)]
[Lstm(5, UseBias = false)]
[Dense(2)]
public sealed partial class LstmWithoutBias;

[RnnModel(InputSize = 3)]
[Dense(4, UseBias = false)]
[BatchNormalization(Epsilon = 1e-5)]
[BatchNormalization(Epsilon = 1e-5, Scale = false, Center = false)]
[Dense(2)]
public sealed partial class Batches;

[RnnModel(InputSize = 3, Precision = Precision.Float16)]
[Lstm(5)]
[Dense(2)]
public sealed partial class HalfLstm;
