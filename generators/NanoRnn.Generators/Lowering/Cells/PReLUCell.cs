using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>y = x where x is positive, else α·x (He et al. 2015), each feature by itself.</summary>
internal static class PReLUCell
{
    public static Cell Create(LayerSpec layer)
    {
        var cell = new CellBuilder(layer);
        var x = cell.Input("x");
        var alpha = cell.Weight("alpha");
        return cell.Build(Activations.WherePositive(x, x, alpha * x).Named("y"), [("alpha", alpha)]);
    }
}
