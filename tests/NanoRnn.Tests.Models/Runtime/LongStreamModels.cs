using NanoRnn.Tests.Cells;

namespace NanoRnn.Tests.Runtime;

[RnnModel(InputSize = 1)] [Lstm(3)] internal sealed partial class LongLstm;
[RnnModel(InputSize = 1)] [Gru(3)] internal sealed partial class LongGru;
[RnnModel(InputSize = 1)] [Gru(3, ResetAfter = false)] internal sealed partial class LongGruResetBefore;
[RnnModel(InputSize = 1, Precision = Precision.BFloat16)] [Lstm(3)] internal sealed partial class LongLstmOfBFloat16;
[RnnModel(InputSize = 1, Precision = Precision.BFloat16)] [Gru(3)] internal sealed partial class LongGruOfBFloat16;
[RnnModel(InputSize = 4, Precision = Precision.Int8)] [Lstm(4)] internal sealed partial class LongLstmOfInt8;
[RnnModel(InputSize = 4, Precision = Precision.Int8)] [Gru(4)] internal sealed partial class LongGruOfInt8;
[RnnModel(InputSize = 4)] [Lstm(4)] internal sealed partial class LongLstmOfFour;
[RnnModel(InputSize = 4)] [Gru(4)] internal sealed partial class LongGruOfFour;
