using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>Elman (1990): h = activation(x·W + h·U + b).</summary>
internal static class SimpleRnnCell
{
    public static Cell Create(LayerSpec layer)
    {
        var cell = new CellBuilder(layer);
        var h = cell.Previous("h");
        var sum = cell.Affine("h", h);
        return cell.Build([(h, cell.Activate(sum).Named("hNext"))], sum);
    }
}
