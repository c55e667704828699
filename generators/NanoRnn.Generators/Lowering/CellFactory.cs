using NanoRnn.Generators.Lowering.Cells;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering;

/// <summary>From a layer's description to its cell: the one list to extend for a new layer.</summary>
internal static class CellFactory
{
    public static Cell Create(LayerSpec layer) => layer.Kind switch
    {
        LayerKind.Dense or LayerKind.Conv1D => DenseCell.Create(layer),
        LayerKind.Activation or LayerKind.Lambda => ActivationCell.Create(layer),
        LayerKind.PReLU => PReLUCell.Create(layer),
        LayerKind.BatchNormalization => BatchNormalizationCell.Create(layer),
        LayerKind.SimpleRnn => SimpleRnnCell.Create(layer),
        LayerKind.Lstm => LstmCell.Create(layer),
        LayerKind.Gru when layer.ResetAfter => GruCell.Create(layer),
        LayerKind.Gru => GruResetBeforeCell.Create(layer),
        LayerKind.CustomRnn => CustomCell.Create(layer),
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Kind, "no such layer"),
    };
}
