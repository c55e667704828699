using NanoRnn;

namespace DataParallel;

/// <summary>The next value of a chaotic series from 50 values before it.</summary>
[RnnModel(InputSize = 1, TimeSteps = 50, BatchSize = 64)]
[Lstm(64, Dropout = 0.05f)]
[Dense(1)]
internal sealed partial class ChaoticModel;
