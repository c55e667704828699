namespace NanoRnn.Benchmarks.Models;

[RnnModel(InputSize = 1)]
[SimpleRnn(32, Activation = Activation.Relu)]
[Dense(1)]
internal sealed partial class SeedRnn32;

[RnnModel(InputSize = 1)]
[Lstm(50)]
[Dense(1)]
internal sealed partial class SeedLstm50;

[RnnModel(InputSize = 1)]
[Gru(50)]
[Dense(1)]
internal sealed partial class SeedGru50;

[RnnModel(InputSize = 32)]
[Lstm(128)]
[Dense(1)]
internal sealed partial class HeavyLstm128;

[RnnModel(InputSize = 16)]
[Conv1D(64, 3, Padding = Padding.Causal, Activation = Activation.Relu)]
[Lstm(64)]
[Dense(1)]
internal sealed partial class ConvLstm64;
