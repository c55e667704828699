using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>y = γ·x̂ + β, each feature by itself: what a batch normalization makes of features with mean 0 and variance 1.</summary>
internal static class BatchNormalizationCell
{
    public static Cell Create(LayerSpec layer)
    {
        var cell = new CellBuilder(layer);
        var y = cell.Input("x");
        var weights = new List<(string Name, Expr Sum)>();
        if (layer.Scale)
        {
            weights.Add(("gamma", cell.Weight("gamma", Initializer.Ones)));
            y *= weights[0].Sum;
        }

        if (layer.Center)
        {
            weights.Add(("beta", cell.Weight("beta")));
            y += weights[weights.Count - 1].Sum;
        }

        return cell.Build(y.Named("y"), [.. weights]);
    }
}
