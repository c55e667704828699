namespace NanoRnn;

/// <summary>
/// Processes, on one machine or many, that train one model together: each computes its shards of every batch
/// (<see cref="TrainerOptions.Shards"/>), and all come to the same weights, to the bit of one process alone. A group only moves bytes; what is
/// summed, in which order and how it is rounded is the trainer's. The package <c>NanoRnn.Mpi</c> has one over MPI.
/// </summary>
/// <remarks>
/// Calls are collective: all processes make the same ones in the same order. The memory they are given does not move. No call allocates.
/// An implementation ends a call that cannot be completed, because a process is gone, with an exception.
/// </remarks>
public interface IProcessGroup
{
    /// <summary>Number of this process, from 0 to <see cref="Size"/> − 1. Process 0 alone writes files.</summary>
    int Rank { get; }

    /// <summary>Number of processes, at least 1.</summary>
    int Size { get; }

    /// <summary>
    /// Begins to give every process a part: the i-th of <see cref="Size"/> equal parts of <paramref name="sent"/> goes to process i, and what
    /// process i has for this one comes as the i-th part of <paramref name="received"/>.
    /// </summary>
    /// <param name="sent">As long as <paramref name="received"/>; it does not change before <see cref="EndAllToAll"/>.</param>
    /// <param name="received">Is complete after <see cref="EndAllToAll"/>, and not touched before.</param>
    void BeginAllToAll(ReadOnlySpan<byte> sent, Span<byte> received);

    /// <summary>Waits until what <see cref="BeginAllToAll"/> began is done. One at a time is under way.</summary>
    void EndAllToAll();

    /// <summary>Gives all processes what each has.</summary>
    /// <param name="part">What this process has, of the same length in all of them.</param>
    /// <param name="all">Receives the parts of all processes in their order.</param>
    void AllGather(ReadOnlySpan<byte> part, Span<byte> all);
}
