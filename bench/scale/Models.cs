namespace NanoRnn.Scale;

/// <summary>The model of the row heavy_lstm128: batches of 64, 50 steps.</summary>
[RnnModel(InputSize = 32, TimeSteps = 50, BatchSize = 64)]
[Lstm(128)]
[Dense(1)]
internal sealed partial class HeavyLstm128;

/// <summary>A language model with one of 10,000 words after each of 20: two million weights, most of them in the softmax.</summary>
[RnnModel(TimeSteps = 20, BatchSize = 64)]
[Embedding(10_000, 64)]
[Lstm(128, ReturnSequences = true)]
[Dense(10_000, Activation = Activation.Softmax)]
internal sealed partial class Softmax10000;
