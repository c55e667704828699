namespace NanoRnn.Learning.Tests;

[RnnModel(InputSize = 2)]
[Lstm(32)]
[Dense(1)]
public sealed partial class AddingLstm;

[RnnModel(InputSize = 2)]
[Gru(32)]
[Dense(1)]
public sealed partial class AddingGru;

[RnnModel(InputSize = 2)]
[SimpleRnn(32)]
[Dense(1)]
public sealed partial class AddingRnn;

[RnnModel]
[Embedding(CopyProblem.Vocabulary, 8)]
[Gru(48, ReturnSequences = true)]
[Dense(CopyProblem.Vocabulary, Activation = Activation.Softmax)]
public sealed partial class CopyingGru;

// Its state may grow without bounds, and so may the gradient on its way back.
[RnnModel(InputSize = 1)]
[SimpleRnn(16, Activation = Activation.Relu)]
[Dense(1)]
public sealed partial class UnboundedRnn;
