using System.Collections.Immutable;
using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// One trainable tensor: its name and shape as a file shows them, and where its elements lie in the packed weights.
/// </summary>
/// <remarks>
/// The logical tensor has <see cref="Rows"/> × <see cref="Columns"/> elements; a tensor of rank 1 has one row.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TensorLayout
{
    /// <summary>Name in a file, such as <c>lstm.kernel</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Shape in a file, of rank 1 or 2.</summary>
    public required ImmutableArray<int> Shape { get; init; }

    /// <summary>How the tensor starts.</summary>
    public required Initializer Initializer { get; init; }

    /// <summary>Whether the second quarter of the columns starts at one: the bias of LSTM's forget gate.</summary>
    public bool UnitForgetBias { get; init; }

    /// <summary>Factor of the penalty on the sum of magnitudes, finite and not negative; 0 for none.</summary>
    public float L1 { get; init; }

    /// <summary>Factor of the penalty on the sum of squares, finite and not negative; 0 for none.</summary>
    public float L2 { get; init; }

    /// <summary>Rows of the logical matrix; 1 for a vector.</summary>
    public int Rows => Shape.Length == 1 ? 1 : Shape[0];

    /// <summary>Columns of the logical matrix.</summary>
    public int Columns => Shape[^1];

    /// <summary>Index in the packed weights of the element in <paramref name="row"/> and <paramref name="column"/>.</summary>
    public abstract int IndexOf(int row, int column);
}

/// <summary>
/// A tensor of a layer whose units lie in lanes. The units are cut into blocks of 16 lanes and a last one of 16, 8 or 4; a
/// block holds, for each of the layer's slots, one float per lane. A slot is one row of one gate: bias, kernel row or
/// recurrent kernel row.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BlockedTensorLayout : TensorLayout
{
    private const int BlockLanes = 16;

    /// <summary>Where the layer's first block starts.</summary>
    public required int Offset { get; init; }

    /// <summary>Units of the layer; a tensor with n gates has n · units columns.</summary>
    public required int Units { get; init; }

    /// <summary>Slots in one block of the layer, over all its tensors.</summary>
    public required int SlotsPerBlock { get; init; }

    /// <summary>The slot of each gate's row 0, in the file's gate order.</summary>
    public required ImmutableArray<int> GateSlots { get; init; }

    /// <summary>For each gate: slots from one row to the next. Zero when the tensor has one row.</summary>
    public required ImmutableArray<int> RowStrides { get; init; }

    /// <inheritdoc/>
    public override int IndexOf(int row, int column)
    {
        var (gate, unit) = int.DivRem(column, Units);
        var slot = GateSlots[gate] + row * RowStrides[gate];
        var start = unit / BlockLanes * BlockLanes;
        return Offset + start * SlotsPerBlock + slot * LanesAt(start) + (unit - start);
    }

    /// <summary>Lanes of the block that starts at unit <paramref name="start"/>.</summary>
    private int LanesAt(int start) => (Units - start) switch
    {
        <= 4 => 4,
        <= 8 => 8,
        _ => BlockLanes,
    };
}

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
}
