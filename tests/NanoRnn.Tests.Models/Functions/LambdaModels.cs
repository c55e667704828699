namespace NanoRnn.Tests.Functions;

/// <summary>One network in three ways, in a class that has the function.</summary>
internal static partial class LambdaModels
{
    private static float Bend(float x) => x > 0 ? x / (1 + x) : 0.25f * x;

    [RnnModel(InputSize = 3)]
    [SimpleRnn(17, ReturnSequences = true)]
    [Dense(21, ActivationMethod = nameof(Bend))]
    internal sealed partial class AsActivation;

    [RnnModel(InputSize = 3)]
    [SimpleRnn(17, ReturnSequences = true)]
    [Dense(21)]
    [Lambda(nameof(Bend))]
    internal sealed partial class AsLayer;

    [RnnModel(InputSize = 3)]
    [Activation(Activation.Linear)]
    [SimpleRnn(17, ReturnSequences = true)]
    [Dense(21)]
    [Lambda(nameof(Bend))]
    [Activation(Activation.Linear)]
    internal sealed partial class AsSeveralLayers;
}
