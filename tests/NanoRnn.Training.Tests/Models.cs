namespace NanoRnn.Training.Tests;

/// <summary>One number from sequences of two.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[Lstm(8, Dropout = 0.1f)]
[Dense(1)]
internal sealed partial class Forecaster;

/// <summary>One of three classes.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[Gru(6)]
[Dense(3, Activation = Activation.Softmax)]
internal sealed partial class Classifier;

/// <summary>Blocks of units that are not full, and a kernel that lies transposed.</summary>
[RnnModel(InputSize = 3, TimeSteps = 4, BatchSize = 4)]
[Lstm(37)]
[Dense(19)]
[Dense(3)]
internal sealed partial class Odd;

/// <summary>An output for every step of a stream.</summary>
[RnnModel(InputSize = 1)]
[Lstm(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class StreamForecaster;
