namespace NanoRnn.Tests.Cells;

/// <summary>Cells that multiply the value of a function by a weight, and some add another.</summary>
internal static class ProductCells
{
    /// <summary>A unit for each combination of seven factors and 29 arguments.</summary>
    public const int Units = 7 * 29;

    [Cell]
    public static CellDefinition Product(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, cell.Weight("factor") * cell.Activate(cell.Affine("x", h))));
    }

    [Cell]
    public static CellDefinition Sum(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, cell.Activate(cell.Affine("x", h)) * cell.Weight("factor") + cell.Weight("addend")));
    }

    [Cell]
    public static CellDefinition Difference(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, cell.Weight("addend") - cell.Weight("factor") * cell.Activate(cell.Affine("x", h))));
    }

    [Cell]
    public static CellDefinition GateProduct(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, cell.Weight("factor") * cell.Gate(cell.Affine("x", h))));
    }

    [Cell]
    public static CellDefinition GateSum(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, cell.Weight("addend") + cell.Gate(cell.Affine("x", h)) * cell.Weight("factor")));
    }

    [Cell]
    public static CellDefinition GateDifference(CellBuilder cell)
    {
        var h = cell.Previous("h");
        return cell.Build((h, cell.Weight("addend") - cell.Gate(cell.Affine("x", h)) * cell.Weight("factor")));
    }
}
