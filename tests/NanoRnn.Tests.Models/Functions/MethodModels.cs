namespace NanoRnn.Tests.Functions;

[RnnModel(InputSize = 2)] [Lstm(16)] [Dense(1)] internal sealed partial class BuiltInTanh;

[RnnModel(InputSize = 2)]
[Lstm(16, ActivationMethod = nameof(MethodTanh.Squash))]
[Dense(1)]
internal sealed partial class MethodTanh
{
    private static float Squash(float x) => MathF.Tanh(x);
}

[RnnModel(InputSize = 2)] [Gru(5, Activation = Activation.Silu)] [Dense(1)] internal sealed partial class BuiltInGates;

[RnnModel(InputSize = 2)]
[Gru(5, RecurrentActivationMethod = nameof(MethodGates.Gate), ActivationMethod = nameof(MethodGates.Swish))]
[Dense(1)]
internal sealed partial class MethodGates : Gates
{
    private static float Swish(float x) => x * Gate(x);
}

internal abstract class Gates
{
    protected static float Gate(float x) => 1 / (1 + MathF.Exp(-x));
}
