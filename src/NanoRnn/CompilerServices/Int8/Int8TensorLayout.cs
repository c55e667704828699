using System.Collections.Immutable;
using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// A kernel of 8-bit integers with a scale for each column, whose gates lie in one matrix or in several; see <see cref="Int8Product"/>. A
/// file has the scales as a tensor of their own, <c>lstm.kernel_scale</c> beside <c>lstm.kernel</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Int8TensorLayout : TensorLayout
{
    /// <summary>The largest magnitude of an element.</summary>
    internal const int MaxMagnitude = 127;

    /// <summary>Units of the layer; a tensor with n gates has n · units columns.</summary>
    public required int Units { get; init; }

    /// <summary>The gates in the file's order.</summary>
    public required ImmutableArray<Int8Gate> Gates { get; init; }

    /// <summary>Name in a file of the columns' scales.</summary>
    internal string ScaleName => Name + "_scale";

    /// <inheritdoc/>
    public override int IndexOf(int row, int column)
    {
        var gate = Gates[column / Units];
        return (gate.Offset + gate.Columns) * sizeof(float) + Int8MatrixLayout.IndexOf(row, ColumnOf(gate, column % Units), Rows, gate.Columns);
    }

    /// <summary>Index of a column's scale among the packed weights, seen as floats.</summary>
    internal int ScaleIndexOf(int column)
    {
        var gate = Gates[column / Units];
        return gate.Offset + ColumnOf(gate, column % Units);
    }

    /// <summary>The column of its matrix that a unit of a gate is: block by block, map by map, lane by lane.</summary>
    private int ColumnOf(Int8Gate gate, int unit)
    {
        var start = unit / BlockedTensorLayout.BlockLanes * BlockedTensorLayout.BlockLanes;
        return start * gate.MapCount + gate.Map * BlockedTensorLayout.LanesAt(start, Units) + unit - start;
    }
}
