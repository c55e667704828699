namespace NanoRnn.Generators.Planning;

/// <summary>
/// How units lie in lanes: blocks of 16, and for a rest of at most 8 a last block of 8 or 4. 50 units are 16 + 16 + 16 + 4.
/// </summary>
internal sealed record BlockSplit(int Units)
{
    public const int BlockLanes = 16;

    /// <summary>Lanes of the largest last block that is smaller than the others.</summary>
    public const int MaxTailLanes = 8;

    private int Rest => Units % BlockLanes;

    /// <summary>Blocks of 16 lanes.</summary>
    public int FullBlocks => Units / BlockLanes + (Rest > MaxTailLanes ? 1 : 0);

    /// <summary>Lanes of the last, smaller block, or 0.</summary>
    public int TailLanes => Rest is 0 or > MaxTailLanes ? 0 : Rest <= 4 ? 4 : MaxTailLanes;

    public int TailStart => FullBlocks * BlockLanes;

    public int Blocks => FullBlocks + (TailLanes > 0 ? 1 : 0);

    /// <summary>Lanes of all blocks.</summary>
    public int Padded => TailStart + TailLanes;

    /// <summary>Lanes of the last block.</summary>
    public int LastLanes => TailLanes > 0 ? TailLanes : BlockLanes;

    /// <summary>The unit that the last block starts with.</summary>
    public int LastStart => Padded - LastLanes;

    /// <summary>Whether lanes of the last block are no units.</summary>
    public bool HasPadding => Padded > Units;

    /// <summary>
    /// Floats from one vector of all units to the next: all lanes, and from 16 on whole cache lines. What lies behind the last lane
    /// is never read.
    /// </summary>
    public int RowLength => Padded < BlockLanes ? Padded : (Padded + BlockLanes - 1) / BlockLanes * BlockLanes;
}
