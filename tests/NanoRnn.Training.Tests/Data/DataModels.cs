namespace NanoRnn.Training.Tests.Data;

/// <summary>An output for every time step, reading both ways and backwards.</summary>
[RnnModel(InputSize = 2)]
[Gru(5, ReturnSequences = true, Direction = Direction.Bidirectional)]
[Lstm(4, ReturnSequences = true, GoBackwards = true)]
[Dense(3)]
internal sealed partial class Tagger;

/// <summary>After every token the next one.</summary>
[RnnModel]
[Embedding(11, 4)]
[Lstm(8, ReturnSequences = true)]
[Dense(11, Activation = Activation.Softmax)]
internal sealed partial class LanguageModel;

/// <summary>After every number the next one.</summary>
[RnnModel(InputSize = 1)]
[Lstm(4, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Stateful;
