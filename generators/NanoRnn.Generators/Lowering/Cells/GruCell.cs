using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>
/// Cho et al. (2014) in the form of cuDNN, Keras's default: the reset gate applies after the product with the recurrent
/// kernel, so the candidate has two sums, and every gate an input bias and a recurrent bias.
/// </summary>
internal static class GruCell
{
    public static Cell Create(LayerSpec layer)
    {
        var cell = new CellBuilder(layer);
        var h = cell.Previous("h");
        var z = cell.Affine("z", h, biases: 2);
        var r = cell.Affine("r", h, biases: 2);
        var x = cell.Affine("x");
        var u = cell.Affine("u", h, usesInput: false);

        var update = cell.Gate(z).Named("update");
        var reset = cell.Gate(r).Named("reset");
        var candidate = cell.Activate(x + reset * u).Named("candidate");
        var hNext = (update * h + (1 - update) * candidate).Named("hNext");
        return cell.Build([(h, hNext)], kernel: [z, r, x], recurrentKernel: [z, r, u], bias: [[z, r, x], [z, r, u]]);
    }
}
