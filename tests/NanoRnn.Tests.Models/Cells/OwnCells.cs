namespace NanoRnn.Tests.Cells;

/// <summary>Cells as users describe them.</summary>
internal static class OwnCells
{
    [Cell]
    public static CellDefinition Lstm(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var c = cell.Previous("c");
        var i = cell.Affine("i", h);
        var f = cell.Affine("f", h);
        var g = cell.Affine("g", h);
        var o = cell.Affine("o", h);
        CellValue cNext = cell.Gate(f) * c + cell.Gate(i) * cell.Activate(g);
        return cell.Build((h, cell.Gate(o) * cell.Activate(cNext)), (c, cNext));
    }

    /// <summary>A GRU that resets before the product.</summary>
    [Cell]
    public static CellDefinition Gru(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var update = cell.Gate(cell.Affine("z", h));
        var reset = cell.Gate(cell.Affine("r", recurrent: h));
        var candidate = cell.Activate(cell.Affine("h", reset * h));
        return cell.Build((h, update * h + (1 - update) * candidate));
    }

    /// <summary>Zhou et al. (2016).</summary>
    [Cell]
    public static CellDefinition MinimalGatedUnit(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var forget = cell.Gate(cell.Affine("f", h));
        var candidate = cell.Activate(cell.Affine("candidate", forget * h));
        return cell.Build((h, (1 - forget) * h + forget * candidate));
    }

    /// <summary>Kusupati et al. (2018), with ζ and ν for each unit.</summary>
    [Cell]
    public static CellDefinition FastGrnn(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var sum = cell.Affine("both", h, useBias: false);
        var gate = cell.Gate(sum + cell.Weight("bias_gate"));
        var candidate = cell.Activate(sum + cell.Weight("bias_update"));
        var zeta = cell.Gate(cell.Weight("zeta"));
        var nu = cell.Gate(cell.Weight("nu"));
        return cell.Build((h, (zeta * (1 - gate) + nu) * candidate + gate * h));
    }

    /// <summary>Gers and Schmidhuber (2000): the gates see the cell state through one weight for each unit.</summary>
    [Cell]
    public static CellDefinition PeepholeLstm(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var c = cell.Previous("c");
        var input = cell.Gate(cell.Affine("i", h) + cell.Weight("peephole_i") * c);
        var forget = cell.Gate(cell.Affine("f", h) + cell.Weight("peephole_f") * c);
        var cNext = forget * c + input * cell.Activate(cell.Affine("g", h));
        var output = cell.Gate(cell.Affine("o", h) + cell.Weight("peephole_o") * cNext);
        return cell.Build((h, output * cell.Activate(cNext)), (c, cNext));
    }

    /// <summary>What no other cell has: a state that is another one's past, a sum multiplied by a kernel, names of every kind.</summary>
    [Cell]
    public static CellDefinition Unusual(CellBuilder cell)
    {
        const float Half = 0.5f;
        var h = cell.Previous("out");
        var delayed = cell.Previous("dHSum");
        var a = cell.Affine("A1", h, useBias: false);
        var b = cell.Affine("a_2", a, usesInput: false);
        var scale = cell.Weight("scale");
        var bend = cell.Apply(Bend, b + delayed * scale);
        return cell.Build((h, cell.Apply(MathF.Tanh, bend - a / (2 + scale * scale) * Half + -0.1f)), (delayed, h));
    }

    [Cell]
    public static CellDefinition Plain(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, cell.Apply(Bend, cell.Affine("x", h))));
    }

    internal static float Bend(float x) => x > 0 ? x / (1 + x) : 0.25f * x;
}
