namespace NanoRnn.Onnx.Tests;

// What ONNX cannot say.

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Lstm(3)]
public sealed partial class Masked;

[RnnModel]
[Embedding(5, 3, MaskZero = true)]
[Lstm(3)]
public sealed partial class Padded;

[RnnModel]
[Embedding(5, 3)]
[Gru(3)]
[Decoder(startToken: 1, endToken: 2)]
[Embedding(5, 3)]
[Gru(3, ReturnSequences = true)]
[Dense(5, Activation = Activation.Softmax)]
public sealed partial class Translator;

[RnnModel(InputSize = 2)]
[Lstm(3, Activation = Activation.Gelu)]
public sealed partial class OtherActivation;

[RnnModel(InputSize = 2)]
[Lstm(3)]
[Lambda(nameof(Twice))]
public sealed partial class WithLambda
{
    private static float Twice(float x) => 2 * x;
}

[RnnModel(InputSize = 2)]
[Dense(3, ActivationMethod = nameof(Twice), Name = "doubled")]
[Lstm(3)]
public sealed partial class WithFunction
{
    private static float Twice(float x) => 2 * x;
}

[RnnModel(InputSize = 2)]
[Lstm(3, RecurrentActivationMethod = nameof(Half))]
public sealed partial class WithGate
{
    private static float Half(float x) => 0.5f * x;
}

[RnnModel(InputSize = 2)]
[CustomRnn(nameof(Leaky), 3)]
public sealed partial class WithCell
{
    [Cell]
    private static CellDefinition Leaky(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, 0.5f * h + 0.5f * cell.Activate(cell.Affine("x", h))));
    }
}

[RnnModel(InputSize = 2)]
[MaxPooling1D(3, Strides = 4, Padding = Padding.Same)]
[Lstm(3)]
public sealed partial class FarWindows;

[RnnModel(InputSize = 8, Precision = Precision.Int8)]
[Lstm(8)]
public sealed partial class Integers;

[RnnModel(InputSize = 2)]
[Lstm(3, GoBackwards = true)]
public sealed partial class Backward;

[RnnModel(InputSize = 8)]
[Lstm(8)]
public sealed partial class IntegersOfFloats;
