namespace NanoRnn.Memory.Tests;

// Together: every kind of layer, cells of one and of two stages, last-state and every-step outputs, units that fill their lanes and units
// that do not, everything that draws random numbers, both ways to skip steps.

[RnnModel(InputSize = 1, TimeSteps = 24, BatchSize = 8)]
[Lstm(16)]
[Dense(1)]
internal sealed partial class Forecaster;

[RnnModel(InputSize = 3, TimeSteps = 5, BatchSize = 3)]
[Gru(13, ResetAfter = false, ReturnSequences = true)]
[Dense(5, Activation = Activation.Softmax)]
internal sealed partial class Tagger;

[RnnModel(InputSize = 2, TimeSteps = 7, BatchSize = 2)]
[LayerNormalization]
[SimpleRnn(7, ReturnSequences = true)]
[LayerNormalization]
[Lstm(20, ReturnSequences = true, KernelL2 = 1e-3f)]
[Gru(5)]
[Dense(17, Activation = Activation.Tanh)]
[Dense(2)]
internal sealed partial class Deep;

[RnnModel(InputSize = 5, TimeSteps = 6, BatchSize = 3)]
[Normalization]
[Lstm(9, ReturnSequences = true)]
[Dense(2)]
[Denormalization]
internal sealed partial class Scaled;

[RnnModel(TimeSteps = 9, BatchSize = 4)]
[Embedding(11, 6, MaskZero = true)]
[Gru(9, ReturnSequences = true)]
[Lstm(4)]
[Dense(3, Activation = Activation.Softmax)]
internal sealed partial class Classifier;

[RnnModel(InputSize = 2, TimeSteps = 3, BatchSize = 16)]
[Masking]
[Lstm(5, ReturnSequences = true)]
[Dense(2)]
internal sealed partial class Skipping;

[RnnModel(InputSize = 2, TimeSteps = 11, BatchSize = 5)]
[Dropout(0.2f)]
[Lstm(12, Dropout = 0.3f, RecurrentDropout = 0.25f, ReturnSequences = true)]
[Dropout(0.1f)]
[Gru(8, RecurrentDropout = 0.4f)]
[Dropout(0.5f)]
[Dense(1)]
internal sealed partial class Dropping;

[RnnModel(InputSize = 3, TimeSteps = 6, BatchSize = 1)]
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

[RnnModel(InputSize = 4, TimeSteps = 4, BatchSize = 7)]
[Dense(6)]
internal sealed partial class Stateless;

[RnnModel(InputSize = 2, TimeSteps = 7, BatchSize = 3)]
[Masking]
[Gru(6, ReturnSequences = true, Name = "context")]
[Dense(1, Name = "one")]
[Dropout(0.2f, Input = "context", Name = "dropped")]
[Lstm(6, ReturnSequences = true, Input = "input", Name = "again")]
[Multiply("context", "again", "dropped", Name = "product")]
[Slice(1, 3, Name = "part")]
[Output("part", "one", "context")]
internal sealed partial class Graph;

[RnnModel(InputSize = 3, TimeSteps = 5, BatchSize = 2)]
[Lstm(5, ReturnSequences = true, Name = "context")]
[Gru(7, Name = "fast")]
[SimpleRnn(7, Input = "context", Name = "slow")]
[Subtract("fast", "slow", Name = "difference")]
[Multiply("difference", "fast")]
[Dense(2)]
internal sealed partial class LastStates;

[RnnModel(InputSize = 2, TimeSteps = 8, BatchSize = 3)]
[Lstm(6, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Gru(5, GoBackwards = true)]
[Dense(1)]
internal sealed partial class BothWays;

[RnnModel(InputSize = 1, TimeSteps = 5, BatchSize = 2)]
[Lstm(6)]
[RepeatVector(3)]
[Gru(5, ReturnSequences = true)]
[Dense(2)]
internal sealed partial class Repeating;

[RnnModel(InputSize = 2, TimeSteps = 1, BatchSize = 1)]
[SimpleRnn(3, GoBackwards = true, ReturnSequences = true)]
internal sealed partial class Reversed;

[RnnModel(TimeSteps = 6, BatchSize = 5, TargetSteps = 4)]
[Embedding(9, 4)]
[Lstm(6)]
[Decoder(1, 2)]
[Embedding(7, 5, MaskZero = true)]
[Lstm(6, ReturnSequences = true)]
[Dense(7, Activation = Activation.Softmax)]
internal sealed partial class Translator;

[RnnModel(InputSize = 1, TimeSteps = 24, BatchSize = 8, CheckpointSteps = 8, MemoryBudget = 64 * 1024)]
[Lstm(16)]
[Dense(1)]
internal sealed partial class SmallForecaster;

[RnnModel(InputSize = 2, TimeSteps = 13, BatchSize = 3, CheckpointSteps = 4)]
[Masking]
[Gru(20, ReturnSequences = true)]
[Dropout(0.2f)]
[Lstm(7)]
[Dense(19)]
internal sealed partial class DeepCheckpoints;

/// <summary>Without numbers for training.</summary>
[RnnModel(InputSize = 1, MemoryBudget = 8 * 1024)]
[Gru(8)]
[Dense(1)]
internal sealed partial class PredictingOnly;

[RnnModel(InputSize = 1)]
[SimpleRnn(2, ReturnSequences = true)]
[Dense(3)]
internal sealed partial class Large;
