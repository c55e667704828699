namespace NanoRnn.Tests.Gradients;

[RnnModel(InputSize = 2)]
[SimpleRnn(5, Activation = Activation.Linear, RecurrentL2 = 0.25f)]
internal sealed partial class LinearStep;
