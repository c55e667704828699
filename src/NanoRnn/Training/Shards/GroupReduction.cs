using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>
/// The shards are those of several processes: the shard with number i is process i mod n's. Each process sums up one part of the gradient, of
/// all shards in their order, and gives it to all others. The gradient of one shard is on its way while the next one is computed.
/// </summary>
internal sealed class GroupReduction : ShardReduction
{
    private readonly ShardSizes _sizes;
    private readonly IProcessGroup _processes;
    private readonly AlignedBuffer _sent;
    private readonly AlignedBuffer _received;
    private readonly AlignedBuffer? _widened;
    private readonly AlignedBuffer _part;
    private readonly AlignedBuffer _parts;
    private int _rows;

    /// <summary>The first shard of those that are under way; −1 if none are.</summary>
    private int _underWay = -1;

    public GroupReduction(ShardSizes sizes, MetricTracker metrics, IProcessGroup processes, MemoryArena arena)
        : base(sizes, metrics, arena)
    {
        (_sizes, _processes) = (sizes, processes);
        (_sent, _received) = (Take(sizes.Exchanged), Take(sizes.Exchanged));
        _widened = sizes.IsRounded ? Take(sizes.Sums) : null;
        (_part, _parts) = (Take(sizes.GatheredBytes), Take(sizes.GatheredBytes * sizes.Processes));

        AlignedBuffer Take(long bytes) => new(checked((int)(bytes / sizeof(float))), arena);
    }

    public override int FirstShard => _processes.Rank;

    public override int ShardStride => _processes.Size;

    public override void Begin(int rows)
    {
        base.Begin(rows);
        _rows = rows;
    }

    public override void Skip(int shard)
    {
        // The others may have one at this turn.
        CompleteSums();
        Send(shard);
    }

    protected override void AddPrepared(int shard, ReadOnlySpan<float> gradients)
    {
        CompleteSums();
        Pack(gradients, MemoryMarshal.AsBytes(_sent.Span));
        Send(shard);
    }

    protected override void CompleteSums()
    {
        if (_underWay < 0)
            return;
        _processes.EndAllToAll();
        for (var process = 0; process < _sizes.Processes; process++)
        {
            var shard = _underWay + process;
            if (shard < _sizes.Plan.Shards && _sizes.Plan.RowsOf(shard, _rows) > 0)
                AddTerm(Unpack(MemoryMarshal.AsBytes(_received.Span).Slice(process * _sizes.PartBytes, _sizes.PartBytes)));
        }

        _underWay = -1;
    }

    protected override void Gather(Span<float> gradients)
    {
        var part = MemoryMarshal.AsBytes(_part.Span);
        Pack(Sums.Span[.._sizes.PartLength], part);
        Visit(part, _processes.Rank, isOwn: true);
        var parts = MemoryMarshal.AsBytes(_parts.Span);
        _processes.AllGather(part, parts);
        for (var process = 0; process < _sizes.Processes; process++)
        {
            part = parts.Slice(process * (int)_sizes.GatheredBytes, (int)_sizes.GatheredBytes);
            var target = gradients[Math.Min(gradients.Length, process * _sizes.PartLength)..];
            Unpack(part[.._sizes.PartBytes])[..Math.Min(target.Length, _sizes.PartLength)].CopyTo(target);
            if (process != _processes.Rank)
                Visit(part, process, isOwn: false);
        }
    }

    private void Send(int shard)
    {
        _processes.BeginAllToAll(MemoryMarshal.AsBytes(_sent.Span)[..(_sizes.PartBytes * _sizes.Processes)], MemoryMarshal.AsBytes(_received.Span)[..(_sizes.PartBytes * _sizes.Processes)]);
        _underWay = shard - _processes.Rank;
    }

    private void Pack(ReadOnlySpan<float> gradients, Span<byte> bytes)
    {
        if (_sizes.IsRounded)
            GradientRounding.Narrow(gradients, MemoryMarshal.Cast<byte, ushort>(bytes));
        else
            gradients.CopyTo(MemoryMarshal.Cast<byte, float>(bytes));
    }

    private ReadOnlySpan<float> Unpack(ReadOnlySpan<byte> bytes)
    {
        if (_widened is null)
            return MemoryMarshal.Cast<byte, float>(bytes);
        GradientRounding.Widen(MemoryMarshal.Cast<byte, ushort>(bytes), _widened.Span);
        return _widened.Span[.._sizes.PartLength];
    }

    /// <summary>Puts the figures and states of a process's shards behind its part of the sum, or takes them from there.</summary>
    private void Visit(Span<byte> part, int process, bool isOwn)
    {
        var figures = MemoryMarshal.Cast<byte, double>(part.Slice(_sizes.PartBytes, _sizes.Rounds * _sizes.Figures * sizeof(double)));
        var states = MemoryMarshal.Cast<byte, float>(part[(_sizes.PartBytes + figures.Length * sizeof(double))..])[.._sizes.OwnStates];
        for (var shard = process; shard < _sizes.Plan.Shards; shard += _sizes.Processes)
        {
            Copy(FiguresOf(shard), figures, isOwn);
            Copy(NextStatesOf(shard), states, isOwn);
            figures = figures[_sizes.Figures..];
            states = states[_sizes.StatesOf(shard)..];
        }
    }

    private static void Copy<T>(Span<T> own, Span<T> exchanged, bool isOwn)
    {
        if (isOwn)
            own.CopyTo(exchanged);
        else
            exchanged[..own.Length].CopyTo(own);
    }
}
