namespace NanoRnn.Tests.Runtime;

[RnnModel(InputSize = 3)]
[SimpleRnn(5, ReturnSequences = true)]
[Lstm(7, ReturnSequences = true)]
[Lstm(4, UnitForgetBias = false, ReturnSequences = true)]
[Gru(18)]
[Dense(6)]
[Dense(1)]
internal sealed partial class Defaults;

[RnnModel(InputSize = 2)]
[Lstm(
    5,
    KernelInitializer = Initializer.Ones,
    RecurrentInitializer = Initializer.Identity,
    BiasInitializer = Initializer.Ones,
    ReturnSequences = true)]
[Gru(3, KernelInitializer = Initializer.Zeros, RecurrentInitializer = Initializer.Zeros, BiasInitializer = Initializer.Identity)]
[Dense(1, KernelInitializer = Initializer.Ones)]
internal sealed partial class Chosen;
