using NanoRnn.Tests.Cells;

namespace NanoRnn.Tests.Gradients;

// Every activation in a SimpleRnn and in a Dense, at every step.
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Linear, ReturnSequences = true)] [Dense(5, Activation = Activation.Linear)] internal sealed partial class SimpleRnnLinear;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Relu, ReturnSequences = true)] [Dense(5, Activation = Activation.Relu)] internal sealed partial class SimpleRnnRelu;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.LeakyRelu, ReturnSequences = true)] [Dense(5, Activation = Activation.LeakyRelu)] internal sealed partial class SimpleRnnLeakyRelu;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Elu, ReturnSequences = true)] [Dense(5, Activation = Activation.Elu)] internal sealed partial class SimpleRnnElu;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Selu, ReturnSequences = true)] [Dense(5, Activation = Activation.Selu)] internal sealed partial class SimpleRnnSelu;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Softplus, ReturnSequences = true)] [Dense(5, Activation = Activation.Softplus)] internal sealed partial class SimpleRnnSoftplus;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Softsign, ReturnSequences = true)] [Dense(5, Activation = Activation.Softsign)] internal sealed partial class SimpleRnnSoftsign;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Tanh, ReturnSequences = true)] [Dense(5, Activation = Activation.Tanh)] internal sealed partial class SimpleRnnTanh;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Sigmoid, ReturnSequences = true)] [Dense(5, Activation = Activation.Sigmoid)] internal sealed partial class SimpleRnnSigmoid;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.HardSigmoid, ReturnSequences = true)] [Dense(5, Activation = Activation.HardSigmoid)] internal sealed partial class SimpleRnnHardSigmoid;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Silu, ReturnSequences = true)] [Dense(5, Activation = Activation.Silu)] internal sealed partial class SimpleRnnSilu;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Gelu, ReturnSequences = true)] [Dense(5, Activation = Activation.Gelu)] internal sealed partial class SimpleRnnGelu;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Exponential, ReturnSequences = true)] [Dense(5, Activation = Activation.Exponential)] internal sealed partial class SimpleRnnExponential;

// Every activation in an Lstm; the next one in the list in its gates (so that tanh meets its default, sigmoid).
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Linear, RecurrentActivation = Activation.Relu)] internal sealed partial class LstmLinear;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Relu, RecurrentActivation = Activation.LeakyRelu)] internal sealed partial class LstmRelu;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.LeakyRelu, RecurrentActivation = Activation.Elu)] internal sealed partial class LstmLeakyRelu;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Elu, RecurrentActivation = Activation.Selu)] internal sealed partial class LstmElu;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Selu, RecurrentActivation = Activation.Softplus)] internal sealed partial class LstmSelu;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Softplus, RecurrentActivation = Activation.Softsign)] internal sealed partial class LstmSoftplus;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Softsign, RecurrentActivation = Activation.Tanh)] internal sealed partial class LstmSoftsign;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Tanh, RecurrentActivation = Activation.Sigmoid)] internal sealed partial class LstmTanh;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Sigmoid, RecurrentActivation = Activation.HardSigmoid)] internal sealed partial class LstmSigmoid;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.HardSigmoid, RecurrentActivation = Activation.Silu)] internal sealed partial class LstmHardSigmoid;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Silu, RecurrentActivation = Activation.Gelu)] internal sealed partial class LstmSilu;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Gelu, RecurrentActivation = Activation.Exponential)] internal sealed partial class LstmGelu;
[RnnModel(InputSize = 2)] [Lstm(5, Activation = Activation.Exponential, RecurrentActivation = Activation.Linear)] internal sealed partial class LstmExponential;

// The same in a Gru, at every step.
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Linear, RecurrentActivation = Activation.Relu, ReturnSequences = true)] internal sealed partial class GruLinear;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Relu, RecurrentActivation = Activation.LeakyRelu, ReturnSequences = true)] internal sealed partial class GruRelu;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.LeakyRelu, RecurrentActivation = Activation.Elu, ReturnSequences = true)] internal sealed partial class GruLeakyRelu;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Elu, RecurrentActivation = Activation.Selu, ReturnSequences = true)] internal sealed partial class GruElu;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Selu, RecurrentActivation = Activation.Softplus, ReturnSequences = true)] internal sealed partial class GruSelu;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Softplus, RecurrentActivation = Activation.Softsign, ReturnSequences = true)] internal sealed partial class GruSoftplus;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Softsign, RecurrentActivation = Activation.Tanh, ReturnSequences = true)] internal sealed partial class GruSoftsign;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Tanh, RecurrentActivation = Activation.Sigmoid, ReturnSequences = true)] internal sealed partial class GruTanh;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Sigmoid, RecurrentActivation = Activation.HardSigmoid, ReturnSequences = true)] internal sealed partial class GruSigmoid;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.HardSigmoid, RecurrentActivation = Activation.Silu, ReturnSequences = true)] internal sealed partial class GruHardSigmoid;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Silu, RecurrentActivation = Activation.Gelu, ReturnSequences = true)] internal sealed partial class GruSilu;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Gelu, RecurrentActivation = Activation.Exponential, ReturnSequences = true)] internal sealed partial class GruGelu;
[RnnModel(InputSize = 2)] [Gru(3, Activation = Activation.Exponential, RecurrentActivation = Activation.Linear, ReturnSequences = true)] internal sealed partial class GruExponential;

// The same in a Gru that resets before the product, below a Dense.
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Linear, RecurrentActivation = Activation.Relu)] [Dense(1)] internal sealed partial class GruBeforeLinear;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Relu, RecurrentActivation = Activation.LeakyRelu)] [Dense(1)] internal sealed partial class GruBeforeRelu;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.LeakyRelu, RecurrentActivation = Activation.Elu)] [Dense(1)] internal sealed partial class GruBeforeLeakyRelu;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Elu, RecurrentActivation = Activation.Selu)] [Dense(1)] internal sealed partial class GruBeforeElu;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Selu, RecurrentActivation = Activation.Softplus)] [Dense(1)] internal sealed partial class GruBeforeSelu;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Softplus, RecurrentActivation = Activation.Softsign)] [Dense(1)] internal sealed partial class GruBeforeSoftplus;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Softsign, RecurrentActivation = Activation.Tanh)] [Dense(1)] internal sealed partial class GruBeforeSoftsign;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Tanh, RecurrentActivation = Activation.Sigmoid)] [Dense(1)] internal sealed partial class GruBeforeTanh;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Sigmoid, RecurrentActivation = Activation.HardSigmoid)] [Dense(1)] internal sealed partial class GruBeforeSigmoid;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.HardSigmoid, RecurrentActivation = Activation.Silu)] [Dense(1)] internal sealed partial class GruBeforeHardSigmoid;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Silu, RecurrentActivation = Activation.Gelu)] [Dense(1)] internal sealed partial class GruBeforeSilu;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Gelu, RecurrentActivation = Activation.Exponential)] [Dense(1)] internal sealed partial class GruBeforeGelu;
[RnnModel(InputSize = 2)] [Gru(5, ResetAfter = false, Activation = Activation.Exponential, RecurrentActivation = Activation.Linear)] [Dense(1)] internal sealed partial class GruBeforeExponential;

// Stacks, and layers without bias.
[RnnModel(InputSize = 2)] [SimpleRnn(5, ReturnSequences = true)] [Lstm(3)] [Dense(1)] internal sealed partial class LstmOnSimpleRnn;
[RnnModel(InputSize = 2)] [Lstm(3, ReturnSequences = true, UseBias = false)] [Gru(5, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruOnLstm;
[RnnModel(InputSize = 2)] [Gru(5, ReturnSequences = true, UseBias = false)] [Gru(3, ResetAfter = false)] internal sealed partial class GruBeforeOnGru;
[RnnModel(InputSize = 2)] [Gru(3, ResetAfter = false, UseBias = false, ReturnSequences = true)] [SimpleRnn(5, UseBias = false, ReturnSequences = true)] internal sealed partial class SimpleRnnOnGruBefore;
[RnnModel(InputSize = 2)] [Lstm(3, ReturnSequences = true)] [Lstm(5)] internal sealed partial class LstmOnLstm;
[RnnModel(InputSize = 2)] [Gru(3, ReturnSequences = true)] [Gru(3, ReturnSequences = true)] [Dense(1, UseBias = false)] internal sealed partial class GruOnGru;
[RnnModel(InputSize = 2)] [Lstm(3, ReturnSequences = true)] [SimpleRnn(3, ReturnSequences = true)] [Gru(3)] [Dense(2)] internal sealed partial class ThreeLayers;
[RnnModel(InputSize = 2)] [Gru(3, ReturnSequences = true)] [Dense(5, Activation = Activation.Tanh)] [Lstm(3)] [Dense(3, Activation = Activation.Softplus)] [Dense(2)] internal sealed partial class DenseBetween;
[RnnModel(InputSize = 2)] [Dense(3)] [SimpleRnn(5, ReturnSequences = true)] internal sealed partial class DenseBelow;
[RnnModel(InputSize = 2)] [Lstm(17, ReturnSequences = true)] [Gru(17)] [Dense(2)] internal sealed partial class Seventeen;

// Cells of the tests' own.
[RnnModel(InputSize = 2)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.MinimalGatedUnit), 5, ReturnSequences = true)] [Dense(2)] internal sealed partial class OwnMinimalGatedUnit;
[RnnModel(InputSize = 2)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.FastGrnn), 17)] [Dense(2)] internal sealed partial class OwnFastGrnn;
[RnnModel(InputSize = 2)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.PeepholeLstm), 5)] internal sealed partial class OwnPeepholeLstm;
[RnnModel(InputSize = 2)] [Gru(3, ReturnSequences = true)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.Unusual), 5, ReturnSequences = true)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.MinimalGatedUnit), 17)] internal sealed partial class OwnUnusual;

// Ends for the losses.
[RnnModel(InputSize = 2)] [SimpleRnn(5, ReturnSequences = true)] [Dense(3)] internal sealed partial class LinearHeads;
[RnnModel(InputSize = 2)] [Gru(3)] [Dense(3)] internal sealed partial class LinearHead;
[RnnModel(InputSize = 2)] [Lstm(3, ReturnSequences = true)] [Dense(3, Activation = Activation.Sigmoid)] internal sealed partial class SigmoidHeads;
[RnnModel(InputSize = 2)] [Gru(5)] [Dense(1, Activation = Activation.Sigmoid)] internal sealed partial class SigmoidHead;
[RnnModel(InputSize = 2)] [SimpleRnn(3, Activation = Activation.Sigmoid)] internal sealed partial class SigmoidCell;
[RnnModel(InputSize = 2)] [Lstm(3)] [Dense(3, Activation = Activation.HardSigmoid)] internal sealed partial class HardSigmoidHead;
[RnnModel(InputSize = 2)] [SimpleRnn(3)] [Dense(5, Activation = Activation.Softmax)] internal sealed partial class SoftmaxHead;
[RnnModel(InputSize = 2)] [Gru(3, ReturnSequences = true)] [Dense(3, Activation = Activation.Softmax)] internal sealed partial class SoftmaxHeads;
[RnnModel(InputSize = 2)] [Gru(3, ResetAfter = false)] [Dense(33, Activation = Activation.Softmax)] internal sealed partial class WideSoftmaxHead;

// Graphs: skips, products of three, layers that several read, dot products among them, the input further down, outputs out of order.
[RnnModel(InputSize = 2)] [Dense(5, Activation = Activation.Tanh, Name = "features")] [Gru(5, ReturnSequences = true, Name = "context")] [Dense(5, Activation = Activation.Sigmoid, Name = "gate")] [Multiply("features", "context", "gate", Name = "gated")] [Concatenate("gated", "input", "features", "gated")] [Lstm(3)] [Dense(2)] internal sealed partial class SkipsAndProducts;
[RnnModel(InputSize = 2)] [Lstm(7, ReturnSequences = true, Name = "context")] [Dense(1, Activation = Activation.Sigmoid, Name = "speech")] [Dense(3, Input = "context", Name = "gains")] [Slice(2, 3, Input = "context", Name = "part")] [SimpleRnn(5, ReturnSequences = true, Input = "context", Name = "again")] [Slice(1, 3)] [Subtract("part", "slice", Name = "difference")] [Output("gains", "difference", "speech")] internal sealed partial class SeveralReaders;
[RnnModel(InputSize = 2)] [Gru(5, Name = "fast")] [Lstm(5, Input = "input", Name = "slow")] [Average("fast", "slow", "fast", Name = "mean")] [Multiply("mean", "mean", Name = "square")] [Add("square", "slow", "square")] [LayerNormalization(Name = "scaled", Input = "fast")] [Subtract("scaled", "add")] [Dense(3)] internal sealed partial class LastStates;
