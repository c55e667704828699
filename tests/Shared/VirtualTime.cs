namespace NanoRnn.Tests.Shared;

/// <summary>A clock that moves when it is told to; timers run then, in the order of their times, on the caller's thread.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, long Change), (long Ticks, long Number)> _due = new();
    private long _now = TimeSpan.TicksPerDay;
    private long _number;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => new(_now - TimeSpan.TicksPerDay);

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Calls something later.</summary>
    public void Schedule(TimeSpan after, Action action) => new VirtualTimer(this, action).Change(after, Timeout.InfiniteTimeSpan);

    /// <summary>Goes on to the next timer.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryAdvance()
    {
        while (_due.TryDequeue(out var item, out var time))
        {
            if (item.Timer.Changes != item.Change)
                continue;
            _now = Math.Max(_now, time.Ticks);
            item.Timer.Run();
            return true;
        }

        return false;
    }

    private sealed class VirtualTimer(VirtualTime time, Action action) : ITimer
    {
        public long Changes { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Changes++;
            if (dueTime >= TimeSpan.Zero)
                time._due.Enqueue((this, Changes), (time._now + dueTime.Ticks, time._number++));
            return true;
        }

        public void Run()
        {
            Changes++;
            action();
        }

        public void Dispose() => Changes++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
