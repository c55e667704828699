using NanoRnn;

namespace Edge;

/// <summary>From the values of a series so far to the change that the next one brings, one output for every value.</summary>
[RnnModel(InputSize = 1, Weights = "forecaster.safetensors")]
[Lstm(32, ReturnSequences = true)]
[Dense(1)]
public sealed partial class Forecaster;
