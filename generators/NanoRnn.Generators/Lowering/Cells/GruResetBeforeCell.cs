using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>
/// Cho et al. (2014) as first published: the reset gate scales the state before the product with the recurrent kernel, so the
/// candidate's sum has to wait for the gates.
/// </summary>
internal static class GruResetBeforeCell
{
    public static Cell Create(LayerSpec layer)
    {
        var cell = new CellBuilder(layer);
        var h = cell.Previous("h");
        var z = cell.Affine("z", h);
        var r = cell.Affine("r", h);

        var update = cell.Gate(z).Named("update");
        var reset = cell.Gate(r).Named("reset");
        var kept = (reset * h).Named("kept");
        var candidateSum = cell.Affine("candidate", kept);
        var candidate = cell.Activate(candidateSum).Named("candidate");
        var hNext = (update * h + (1 - update) * candidate).Named("hNext");
        return cell.Build([(h, hNext)], z, r, candidateSum);
    }
}
