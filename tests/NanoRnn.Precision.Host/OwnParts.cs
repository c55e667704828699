namespace NanoRnn.Reduced;

/// <summary>A cell and a function for models that derive from it.</summary>
internal abstract class OwnParts
{
    protected static float Bend(float x) => x / MathF.Sqrt(1 + x * x);

    [Cell]
    protected static CellDefinition MinimalGatedUnit(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var forget = cell.Gate(cell.Affine("f", h));
        return cell.Build((h, (1 - forget) * h + forget * cell.Activate(cell.Affine("h", forget * h))));
    }
}
