namespace NanoRnn.Training.Tests.InitialStates;

[RnnModel(InputSize = 2)]
[Lstm(5, ReturnSequences = true, TrainableInitialState = true)]
[Gru(18, TrainableInitialState = true)]
[Dense(1)]
internal sealed partial class Learned;
