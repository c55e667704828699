using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>Hochreiter and Schmidhuber (1997) with the forget gate of Gers et al. (2000), as Keras computes it.</summary>
internal static class LstmCell
{
    public static Cell Create(LayerSpec layer)
    {
        var cell = new CellBuilder(layer);
        var h = cell.Previous("h");
        var c = cell.Previous("c");
        var i = cell.Affine("i", h);
        var f = cell.Affine("f", h);
        var g = cell.Affine("g", h);
        var o = cell.Affine("o", h);

        var input = cell.Gate(i).Named("input");
        var forget = cell.Gate(f).Named("forget");
        var candidate = cell.Activate(g).Named("candidate");
        var output = cell.Gate(o).Named("output");

        // Named, it is computed before the other gates, and one value waits for them instead of two.
        var cNext = ((forget * c).Named("kept") + input * candidate).Named("cNext");
        var hNext = (output * cell.Activate(cNext).Named("squashed")).Named("hNext");
        return cell.Build([(h, hNext), (c, cNext)], i, f, g, o);
    }
}
