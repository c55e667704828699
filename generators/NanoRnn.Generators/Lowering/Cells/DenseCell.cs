using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>y = activation(x·W + b). Softmax is not elementwise: the layer's plan adds it behind a linear cell.</summary>
internal static class DenseCell
{
    public static Cell Create(LayerSpec layer)
    {
        var elementwise = layer.Activation == ActivationKind.Softmax ? layer with { Activation = ActivationKind.Linear } : layer;
        var cell = new CellBuilder(elementwise);
        var y = cell.Affine("y");
        return cell.Build(cell.Activate(y).Named("y"), y);
    }
}
