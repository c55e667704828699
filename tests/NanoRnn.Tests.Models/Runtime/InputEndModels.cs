namespace NanoRnn.Tests.Runtime;

internal static partial class InputEndModels
{
    [RnnModel(InputSize = 3)]
    [Activation(Activation.Tanh)]
    [Dense(2)]
    internal sealed partial class Activated;

    [RnnModel(InputSize = 29)]
    [Activation(Activation.Softmax)]
    [Dense(1)]
    internal sealed partial class WidelyActivated;

    [RnnModel(InputSize = 5)]
    [Dropout(0.5f)]
    [Dense(3)]
    internal sealed partial class Dropped;

    [RnnModel(InputSize = 6)]
    [LayerNormalization]
    [Dense(3)]
    internal sealed partial class Normalized;

    [RnnModel(InputSize = 7)]
    [Normalization]
    [Dense(3)]
    internal sealed partial class Scaled;
}
