namespace NanoRnn.Weights.Tests;

// Every kind of layer that has weights, of sizes that leave lanes empty. Files/README.md says where the files come from.

[RnnModel(InputSize = 1, Weights = "forecaster.safetensors")]
[Lstm(8)]
[Dense(1)]
public sealed partial class Forecaster;

[RnnModel(InputSize = 3, Weights = "Files/gates.safetensors")]
[Gru(19, ReturnSequences = true)]
[Gru(5, ResetAfter = false, UseBias = false, ReturnSequences = true)]
[LayerNormalization]
[SimpleRnn(9)]
[Dense(6, Activation = Activation.Softmax)]
public sealed partial class Gates;

[RnnModel(Weights = @"Files\tokens.safetensors")]
[Embedding(7, 5)]
[Lstm(6, Direction = Direction.Bidirectional)]
[Dense(3)]
public sealed partial class Tokens;

[RnnModel(InputSize = 3, Weights = "scaled.safetensors")]
[Normalization(Kind = NormalizationKind.MinMax)]
[Gru(5)]
[Dense(2)]
[Denormalization(Kind = NormalizationKind.MinMax)]
public sealed partial class Scaled;

[RnnModel(InputSize = 3, Weights = "graph.safetensors")]
[Gru(5, ReturnSequences = true, Name = "context")]
[Dense(3, Name = "offset")]
[Add("offset", "input", Name = "moved")]
[Concatenate("moved", "context")]
[Dense(6, Name = "wide")]
[Slice(1, 4)]
[Output("slice", "moved")]
public sealed partial class Graph;

[RnnModel(InputSize = 2, Weights = "peephole.safetensors")]
[CustomRnn(nameof(Peephole), 4)]
[Dense(17)]
public sealed partial class OwnCell
{
    [Cell]
    private static CellDefinition Peephole(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var c = cell.Previous("c");
        var forget = cell.Gate(cell.Affine("f", h) + cell.Weight("peephole_f") * c);
        var next = forget * c + (1 - forget) * cell.Activate(cell.Affine("g", h));
        var output = cell.Gate(cell.Affine("o", h) + cell.Weight("peephole_o") * next);
        return cell.Build((h, output * cell.Activate(next)), (c, next));
    }
}

[RnnModel(Weights = "translator.safetensors")]
[Embedding(6, 3)]
[Gru(4)]
[Decoder(startToken: 1, endToken: 2)]
[Embedding(5, 2)]
[Gru(4, ReturnSequences = true)]
[Dense(5, Activation = Activation.Softmax)]
public sealed partial class Translator;

[RnnModel(InputSize = 1, Weights = "forecaster.safetensors", Precision = Precision.BFloat16)]
[Lstm(8)]
[Dense(1)]
public sealed partial class HalfForecaster;

[RnnModel(InputSize = 3, Weights = "gates.safetensors", Precision = Precision.Int8)]
[Gru(19, ReturnSequences = true)]
[Gru(5, ResetAfter = false, UseBias = false, ReturnSequences = true)]
[LayerNormalization]
[SimpleRnn(9)]
[Dense(6, Activation = Activation.Softmax)]
public sealed partial class Int8Gates;

public static partial class Nested<T>
{
    [RnnModel(InputSize = 1, Weights = "forecaster.safetensors")]
    [Lstm(8)]
    [Dense(1)]
    public sealed partial class Forecaster;
}
