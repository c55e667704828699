namespace NanoRnn.Arm64;

// The cells of the other benchmarks: one input, one layer, Dense(1) on every step.

[RnnModel(InputSize = 1)]
[SimpleRnn(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn32;

[RnnModel(InputSize = 1)]
[SimpleRnn(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn64;

[RnnModel(InputSize = 1)]
[Lstm(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm32;

[RnnModel(InputSize = 1)]
[Lstm(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm64;

[RnnModel(InputSize = 1)]
[Gru(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru32;

[RnnModel(InputSize = 1)]
[Gru(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru64;
