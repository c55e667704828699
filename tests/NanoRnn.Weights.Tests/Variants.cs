namespace NanoRnn.Weights.Tests;

// Forecaster with one thing changed that its tensors do not show.

[RnnModel(InputSize = 1)]
[Lstm(8, Activation = Activation.Relu)]
[Dense(1)]
public sealed partial class ReluForecaster;

[RnnModel(InputSize = 1)]
[Lstm(8, RecurrentActivation = Activation.HardSigmoid)]
[Dense(1)]
public sealed partial class HardGateForecaster;

[RnnModel(InputSize = 1)]
[Lstm(8, GoBackwards = true)]
[Dense(1)]
public sealed partial class BackwardForecaster;

[RnnModel(InputSize = 1)]
[Lstm(8, ReturnSequences = true)]
[Dense(1)]
public sealed partial class SequenceForecaster;

[RnnModel(InputSize = 1)]
[Lstm(8)]
[Dense(1)]
[Activation(Activation.Tanh)]
public sealed partial class LongerForecaster;

[RnnModel(InputSize = 1)]
[Masking(MaskValue = -1)]
[Lstm(8)]
[Dense(1)]
public sealed partial class MaskedForecaster;

[RnnModel(InputSize = 1)]
[Normalization]
[Lstm(8)]
[Dense(1)]
public sealed partial class ScaledForecaster;

[RnnModel(InputSize = 1, TimeSteps = 3, BatchSize = 2)]
[Dropout(0.1f)]
[Lstm(8, Dropout = 0.2f, RecurrentDropout = 0.1f, UnitForgetBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 0.1f)]
[Dense(1)]
public sealed partial class TrainedForecaster;

[RnnModel(InputSize = 1)]
[Lstm(8, ActivationMethod = nameof(Swish))]
[Dense(1)]
public sealed partial class SwishForecaster
{
    private static float Swish(float x) => x / (1 + MathF.Exp(-x));
}

[RnnModel(InputSize = 1)]
[Lstm(8, ActivationMethod = nameof(Other))]
[Dense(1)]
public sealed partial class RenamedSwishForecaster
{
    private static float Other(float value)
    {
        var denominator = 1 + MathF.Exp(-value);
        return value / denominator;
    }
}

[RnnModel(InputSize = 1)]
[Lstm(8, ActivationMethod = nameof(Swish))]
[Dense(1)]
public sealed partial class SteepSwishForecaster
{
    private static float Swish(float x) => x / (1 + MathF.Exp(-2 * x));
}

[RnnModel(InputSize = 2)]
[CustomRnn(nameof(Leaky), 4)]
[Dense(17)]
public sealed partial class LeakyCell
{
    [Cell]
    private static CellDefinition Leaky(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, 0.5f * h + cell.Activate(cell.Affine("f", h))));
    }
}

[RnnModel(InputSize = 2)]
[CustomRnn(nameof(Leaky), 4)]
[Dense(17)]
public sealed partial class LeakierCell
{
    [Cell]
    private static CellDefinition Leaky(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, 0.25f * h + cell.Activate(cell.Affine("f", h))));
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Lstm(8, Activation = Activation.Relu)]
[Dense(1)]
public sealed partial class HalfReluForecaster;
