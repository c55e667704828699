using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>y = activation(x), each feature by itself; softmax is applied to all outputs of a step afterwards.</summary>
internal static class ActivationCell
{
    public static Cell Create(LayerSpec layer)
    {
        var cell = new CellBuilder(layer);
        var x = cell.Input("x");
        return cell.Build(layer.Activation == ActivationKind.Softmax ? x : cell.Activate(x).Named("y"));
    }
}
