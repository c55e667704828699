namespace NanoRnn.Mpi.Tests;

/// <summary>One number from sequences of two, with dropout of inputs and states.</summary>
[RnnModel(InputSize = 2, TimeSteps = 6, BatchSize = 12)]
[Lstm(12, Dropout = 0.1f)]
[Dense(1)]
internal sealed partial class Forecaster;

/// <summary>The same without, so that its steps go on from where others ended.</summary>
[RnnModel(InputSize = 2, TimeSteps = 6, BatchSize = 12)]
[Gru(9)]
[Dense(1)]
internal sealed partial class Follower;
