namespace NanoRnn.Mpi.Tests;

/// <summary>One number from sequences of two, with dropout of inputs, states and outputs.</summary>
[RnnModel(InputSize = 2, TimeSteps = 6, BatchSize = 12)]
[Lstm(12, Dropout = 0.1, RecurrentDropout = 0.2)]
[Dropout(0.25f)]
[Dense(1)]
internal sealed partial class Forecaster;

/// <summary>The same without, so that its steps go on from where others ended.</summary>
[RnnModel(InputSize = 2, TimeSteps = 6, BatchSize = 12)]
[Gru(9)]
[Dense(1)]
internal sealed partial class Follower;
