using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>A tensor with constant distances between rows and between columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StridedTensorLayout : TensorLayout
{
    /// <summary>Index of the first element.</summary>
    public required int Offset { get; init; }

    /// <summary>Distance between rows.</summary>
    public required int RowStride { get; init; }

    /// <summary>Distance between columns.</summary>
    public required int ColumnStride { get; init; }

    /// <inheritdoc/>
    public override int IndexOf(int row, int column) => Offset + row * RowStride + column * ColumnStride;

    /// <inheritdoc/>
    internal override int CountNeighbours(int column) => ColumnStride == 1 ? Columns - column : 1;
}
