using System.Collections.Immutable;
using System.ComponentModel;
using NanoRnn.Storage;

namespace NanoRnn.CompilerServices;

/// <summary>
/// A tensor of a layer whose units lie in lanes. The units are cut into blocks of 16 lanes and a last one of 16, 8 or 4; a
/// block holds, for each of the layer's slots, 32 bits per lane. A slot is one row of one gate, or as many as fit those bits, the first one in
/// the lowest: bias, kernel row or recurrent kernel row.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BlockedTensorLayout : TensorLayout
{
    internal const int BlockLanes = 16;

    /// <summary>Where the layer's first block starts.</summary>
    public required int Offset { get; init; }

    /// <summary>Units of the layer; a tensor with n gates has n · units columns.</summary>
    public required int Units { get; init; }

    /// <summary>Slots in one block of the layer, over all its tensors.</summary>
    public required int SlotsPerBlock { get; init; }

    /// <summary>The slot of each gate's row 0, in the file's gate order.</summary>
    public required ImmutableArray<int> GateSlots { get; init; }

    /// <summary>For each gate: slots from one to the next. Zero when the tensor has one row.</summary>
    public required ImmutableArray<int> RowStrides { get; init; }

    /// <inheritdoc/>
    public override int IndexOf(int row, int column)
    {
        var gate = column / Units;
        var unit = column - gate * Units;
        var start = unit & -BlockLanes;

        // Two rows share a slot, or none do.
        var shift = sizeof(float) / Elements.SizeOf(ElementType) >> 1;
        var slot = GateSlots[gate] + (row >> shift) * RowStrides[gate];
        return (Offset + start * SlotsPerBlock + slot * LanesAt(start, Units) + (unit - start) << shift) + (row & shift);
    }

    /// <inheritdoc/>
    internal override int CountNeighbours(int column)
    {
        var unit = column % Units;
        return Elements.SizeOf(ElementType) == sizeof(float) ? Math.Min(BlockLanes - unit % BlockLanes, Units - unit) : 1;
    }

    /// <summary>Lanes of the block that starts at unit <paramref name="start"/> of so many.</summary>
    internal static int LanesAt(int start, int units) => (units - start) switch
    {
        <= 4 => 4,
        <= 8 => 8,
        _ => BlockLanes,
    };
}
