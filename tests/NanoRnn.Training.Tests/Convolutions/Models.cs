namespace NanoRnn.Training.Tests.Convolutions;

[RnnModel(InputSize = 3)]
[Conv1D(5, 2, Padding = Padding.Causal, DilationRate = 3, Activation = Activation.Tanh, Name = "far")]
[Conv1D(4, 3, Padding = Padding.Causal, Name = "near")]
[Gru(6, ReturnSequences = true)]
[Concatenate("far", "gru")]
[Dense(2)]
internal sealed partial class Stream;

[RnnModel(InputSize = 2)]
[Conv1D(8, 3)]
[MaxPooling1D(2)]
[Lstm(5)]
[Dense(1)]
internal sealed partial class Pooled;

[RnnModel(InputSize = 2)]
[Conv1D(8, 3)]
[Dense(3)]
[MaxPooling1D(2)]
[Lstm(5)]
[Dense(3, Activation = Activation.Softmax)]
internal sealed partial class PooledClasses;

[RnnModel(InputSize = 2)]
[Conv1D(5, 4, Padding = Padding.Same, Strides = 2, Activation = Activation.Tanh)]
[AveragePooling1D(3, Strides = 2, Padding = Padding.Same)]
[GlobalAveragePooling1D]
[Dense(1)]
internal sealed partial class Padded;
