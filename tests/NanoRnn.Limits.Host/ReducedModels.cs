namespace NanoRnn.Limits;

// The same layers with kernels of fewer bits: the largest element of a state is that of its units.

[RnnModel(InputSize = 2, Precision = Precision.Int8), Lstm(5, ReturnSequences = true), Dense(2)] internal sealed partial class Int8Lstm5;
[RnnModel(InputSize = 2, Precision = Precision.Int8), Gru(5, ReturnSequences = true), Dense(3)] internal sealed partial class Int8Gru5;
[RnnModel(InputSize = 2, Precision = Precision.BFloat16), Lstm(5, ReturnSequences = true), Dense(2)] internal sealed partial class BFloat16Lstm5;
[RnnModel(InputSize = 2, Precision = Precision.BFloat16), Gru(5, ReturnSequences = true), Dense(3)] internal sealed partial class BFloat16Gru5;
[RnnModel(InputSize = 2, Precision = Precision.Int8), Lstm(9, ReturnSequences = true), Dense(2)] internal sealed partial class Int8Lstm9;
[RnnModel(InputSize = 2, Precision = Precision.Int8), Gru(9, ReturnSequences = true), Dense(3)] internal sealed partial class Int8Gru9;
[RnnModel(InputSize = 2, Precision = Precision.BFloat16), Lstm(9, ReturnSequences = true), Dense(2)] internal sealed partial class BFloat16Lstm9;
[RnnModel(InputSize = 2, Precision = Precision.BFloat16), Gru(9, ReturnSequences = true), Dense(3)] internal sealed partial class BFloat16Gru9;
[RnnModel(InputSize = 2, Precision = Precision.Int8), Lstm(13, ReturnSequences = true), Dense(2)] internal sealed partial class Int8Lstm13;
[RnnModel(InputSize = 2, Precision = Precision.Int8), Gru(13, ReturnSequences = true), Dense(3)] internal sealed partial class Int8Gru13;
[RnnModel(InputSize = 2, Precision = Precision.BFloat16), Lstm(13, ReturnSequences = true), Dense(2)] internal sealed partial class BFloat16Lstm13;
[RnnModel(InputSize = 2, Precision = Precision.BFloat16), Gru(13, ReturnSequences = true), Dense(3)] internal sealed partial class BFloat16Gru13;
[RnnModel(InputSize = 2, Precision = Precision.Int8), Lstm(20, ReturnSequences = true), Dense(2)] internal sealed partial class Int8Lstm20;
[RnnModel(InputSize = 2, Precision = Precision.Int8), Gru(20, ReturnSequences = true), Dense(3)] internal sealed partial class Int8Gru20;
[RnnModel(InputSize = 2, Precision = Precision.BFloat16), Lstm(20, ReturnSequences = true), Dense(2)] internal sealed partial class BFloat16Lstm20;
[RnnModel(InputSize = 2, Precision = Precision.BFloat16), Gru(20, ReturnSequences = true), Dense(3)] internal sealed partial class BFloat16Gru20;
