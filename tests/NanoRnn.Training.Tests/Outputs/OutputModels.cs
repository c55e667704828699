namespace NanoRnn.Training.Tests.Outputs;

/// <summary>Numbers, a probability and classes at every step; an output that is read on, and one more layer that is no output.</summary>
[RnnModel(InputSize = 3, TimeSteps = 4, BatchSize = 5)]
[Gru(6, ReturnSequences = true, Name = "speech")]
[Dense(1, Activation = Activation.Sigmoid, Name = "vad")]
[Concatenate("speech", "vad", "input")]
[Dense(2, Name = "gains")]
[Dense(3, Activation = Activation.Softmax, Input = "concatenate", Name = "word")]
[Output("word", "gains", "vad")]
internal sealed partial class Denoiser;

/// <summary>Two outputs of last states.</summary>
[RnnModel(InputSize = 2, TimeSteps = 4, BatchSize = 4)]
[Lstm(5, Name = "summary")]
[Dense(2, Name = "mean")]
[Dense(2, Input = "summary", Activation = Activation.Softplus, Name = "spread")]
[Output("mean", "spread")]
internal sealed partial class Estimator;

/// <summary>A layer with the name of what the outputs are put together by.</summary>
[RnnModel(InputSize = 2)]
[Dense(3, Name = "output")]
[Dense(2, Name = "other")]
[Output("output", "other")]
internal sealed partial class Named;
