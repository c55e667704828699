namespace NanoRnn.Behaviour;

// Together: every layer, every activation, the sizes around the blocks of 4, 8 and 16 lanes, dense layers with few and with
// many outputs, last-state and every-step outputs, penalties on every kind of tensor, other initialisers.

[RnnModel(InputSize = 1)]
[SimpleRnn(1)]
[Dense(1)]
internal sealed partial class Smallest : ITestModel<Smallest>;

[RnnModel(InputSize = 2)]
[SimpleRnn(3, Activation = Activation.Relu, ReturnSequences = true)]
[Dense(2, Activation = Activation.Sigmoid)]
internal sealed partial class Flags : ITestModel<Flags>;

[RnnModel(InputSize = 3)]
[Lstm(7)]
[Dense(3, Activation = Activation.Softmax)]
internal sealed partial class Classifier : ITestModel<Classifier>;

[RnnModel(InputSize = 8)]
[Gru(8, Activation = Activation.Elu, RecurrentActivation = Activation.HardSigmoid)]
[Dense(17)]
internal sealed partial class Widening : ITestModel<Widening>;

[RnnModel(InputSize = 4)]
[Gru(13, ResetAfter = false, ReturnSequences = true)]
[Dense(5, Activation = Activation.Softmax)]
internal sealed partial class Tagger : ITestModel<Tagger>;

[RnnModel(InputSize = 1)]
[Lstm(16, Activation = Activation.Softsign, UnitForgetBias = false, ReturnSequences = true)]
internal sealed partial class Bare : ITestModel<Bare>;

[RnnModel(InputSize = 5)]
[Lstm(17, KernelL1 = 1e-3f, RecurrentL2 = 2e-3f, BiasL2 = 0.01f, ReturnSequences = true)]
[Gru(20, KernelL2 = 1e-3f, RecurrentL1 = 1e-3f, BiasL1 = 1e-3f)]
[Dense(33, Activation = Activation.Gelu)]
[Dense(1, KernelL1 = 0.01f, KernelL2 = 0.02f)]
internal sealed partial class TwoDeep : ITestModel<TwoDeep>;

[RnnModel(InputSize = 7)]
[SimpleRnn(31, Activation = Activation.Silu, ReturnSequences = true)]
[Gru(33, ResetAfter = false, ReturnSequences = true)]
[Lstm(13, UseBias = false, KernelInitializer = Initializer.GlorotNormal, RecurrentInitializer = Initializer.RandomNormal)]
[Dense(7, Activation = Activation.Softplus)]
internal sealed partial class ThreeDeep : ITestModel<ThreeDeep>;

[RnnModel(InputSize = 1)]
[Lstm(50)]
[Dense(1)]
internal sealed partial class Forecaster : ITestModel<Forecaster>;

[RnnModel(InputSize = 3)]
[Gru(64, UseBias = false)]
[Dense(40, Activation = Activation.Softmax)]
internal sealed partial class ManyClasses : ITestModel<ManyClasses>;

[RnnModel(InputSize = 2)]
[SimpleRnn(65, Activation = Activation.LeakyRelu)]
[Dense(2, Activation = Activation.Tanh)]
internal sealed partial class Oscillator : ITestModel<Oscillator>;

[RnnModel(InputSize = 20)]
[Lstm(100)]
[Dense(10, Activation = Activation.LeakyRelu)]
internal sealed partial class Large : ITestModel<Large>;

[RnnModel(InputSize = 3)]
[Dense(20, Activation = Activation.Selu)]
[Gru(50, ResetAfter = false)]
[Dense(3, Activation = Activation.Exponential)]
internal sealed partial class DenseFirst : ITestModel<DenseFirst>;

[RnnModel(InputSize = 6)]
[Dense(17, Activation = Activation.HardSigmoid)]
[Dense(8, Activation = Activation.Softplus, UseBias = false)]
[Dense(16, Activation = Activation.Exponential)]
[Dense(13, Activation = Activation.Softmax)]
[Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class OnlyDense : ITestModel<OnlyDense>;
