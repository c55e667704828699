namespace NanoRnn.Tests.Runtime;

[RnnModel(InputSize = 3)]
[Lstm(18, KernelL1 = 0.01f, KernelL2 = 0.02f, RecurrentL2 = 0.03f, BiasL1 = 0.04f, ReturnSequences = true)]
[Gru(7, RecurrentL1 = 0.005f, BiasL2 = 0.03f)]
[Dense(5, KernelL2 = 0.02f)]
[Dense(1, KernelL1 = 0.03f, KernelL2 = 0.01f, BiasL2 = 0.05f)]
internal sealed partial class Regularized;

[RnnModel(InputSize = 3)]
[Lstm(18, ReturnSequences = true)]
[Gru(7)]
[Dense(5)]
[Dense(1)]
internal sealed partial class Unregularized;
