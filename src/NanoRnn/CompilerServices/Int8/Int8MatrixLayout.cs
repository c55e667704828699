namespace NanoRnn.CompilerServices;

/// <summary>How a matrix of 8-bit integers lies in memory; see <see cref="Int8Product"/>. The compiler packs weights with it too.</summary>
internal static class Int8MatrixLayout
{
    /// <summary>Columns of a group: what the narrowest kernel takes at a time.</summary>
    public const int GroupColumns = 16;

    /// <summary>Groups that lie side by side.</summary>
    public const int TileGroups = 4;

    /// <summary>Rows that lie side by side.</summary>
    public const int QuadRows = 4;

    /// <summary>Bytes of a quad of rows of one group.</summary>
    public const int GroupBytes = GroupColumns * QuadRows;

    /// <summary>The byte of a zero.</summary>
    public const int ZeroByte = 128;

    /// <summary>Quads of so many rows.</summary>
    public static int CountQuads(int rows) => (rows + QuadRows - 1) / QuadRows;

    /// <summary>Index of an element among a matrix's bytes.</summary>
    public static int IndexOf(int row, int column, int rows, int columns)
    {
        const int tileColumns = TileGroups * GroupColumns;
        var tileStart = column / tileColumns * tileColumns;
        var columnsInTile = Math.Min(columns - tileStart, tileColumns);
        return tileStart * CountQuads(rows) * QuadRows
            + (row / QuadRows * columnsInTile + column - tileStart) * QuadRows + row % QuadRows;
    }
}
