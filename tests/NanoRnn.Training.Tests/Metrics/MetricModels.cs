namespace NanoRnn.Training.Tests.Metrics;

/// <summary>One probability.</summary>
[RnnModel(InputSize = 2)]
[SimpleRnn(5)]
[Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class Detector;

/// <summary>One of four classes at each step.</summary>
[RnnModel(InputSize = 2)]
[Gru(6, ReturnSequences = true)]
[Dense(4, Activation = Activation.Softmax)]
internal sealed partial class Tagger;
