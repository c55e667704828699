namespace NanoRnn.Training.Tests.Losses;

/// <summary>Four numbers of both signs.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[SimpleRnn(4)]
[Dense(4)]
internal sealed partial class Scores;

/// <summary>Four numbers that are not negative, as the library cannot know.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[SimpleRnn(4)]
[Dense(4, Activation = Activation.Relu)]
internal sealed partial class Rectified;

/// <summary>Four positive numbers.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[SimpleRnn(4)]
[Dense(4, Activation = Activation.Softplus)]
internal sealed partial class Counts;

/// <summary>One probability.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[SimpleRnn(4)]
[Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class Flag;

/// <summary>Logits of three classes at every step.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[SimpleRnn(4, ReturnSequences = true)]
[Dense(3)]
internal sealed partial class Tagger;
