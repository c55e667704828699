namespace NanoRnn.Memory.Tests;

// Together: every kind of layer, cells of one and of two stages, last-state and every-step outputs, units that fill their lanes and units
// that do not, everything that draws random numbers, both ways to skip steps.

[RnnModel(InputSize = 1)]
[Lstm(16)]
[Dense(1)]
internal sealed partial class Forecaster;

[RnnModel(InputSize = 3)]
[Gru(13, ResetAfter = false, ReturnSequences = true)]
[Dense(5, Activation = Activation.Softmax)]
internal sealed partial class Tagger;

[RnnModel(InputSize = 2)]
[LayerNormalization]
[SimpleRnn(7, ReturnSequences = true)]
[LayerNormalization]
[Lstm(20, ReturnSequences = true, KernelL2 = 1e-3f)]
[Gru(5)]
[Dense(17, Activation = Activation.Tanh)]
[Dense(2)]
internal sealed partial class Deep;

[RnnModel]
[Embedding(11, 6, MaskZero = true)]
[Gru(9, ReturnSequences = true)]
[Lstm(4)]
[Dense(3, Activation = Activation.Softmax)]
internal sealed partial class Classifier;

[RnnModel(InputSize = 2)]
[Masking]
[Lstm(5, ReturnSequences = true)]
[Dense(2)]
internal sealed partial class Skipping;

[RnnModel(InputSize = 2)]
[Dropout(0.2f)]
[Lstm(12, Dropout = 0.3f, RecurrentDropout = 0.25f, ReturnSequences = true)]
[Dropout(0.1f)]
[Gru(8, RecurrentDropout = 0.4f)]
[Dropout(0.5f)]
[Dense(1)]
internal sealed partial class Dropping;

[RnnModel(InputSize = 3)]
[CustomRnn(nameof(Minimal), 10, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class OwnCell
{
    [Cell]
    private static CellDefinition Minimal(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var forget = cell.Gate(cell.Affine("f", h));
        return cell.Build((h, (1 - forget) * h + forget * cell.Activate(cell.Affine("c", forget * h))));
    }
}

[RnnModel(InputSize = 4)]
[Dense(6)]
internal sealed partial class Stateless;

[RnnModel(InputSize = 2)]
[Lstm(6, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Gru(5, GoBackwards = true)]
[Dense(1)]
internal sealed partial class BothWays;

[RnnModel(InputSize = 1)]
[Lstm(6)]
[RepeatVector(3)]
[Gru(5, ReturnSequences = true)]
[Dense(2)]
internal sealed partial class Repeating;

[RnnModel(InputSize = 2)]
[SimpleRnn(3, GoBackwards = true, ReturnSequences = true)]
internal sealed partial class Reversed;

[RnnModel]
[Embedding(9, 4)]
[Lstm(6)]
[Decoder(1, 2)]
[Embedding(7, 5, MaskZero = true)]
[Lstm(6, ReturnSequences = true)]
[Dense(7, Activation = Activation.Softmax)]
internal sealed partial class Translator;
