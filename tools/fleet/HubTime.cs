using NanoRnn.Tests.Shared;

namespace NanoRnn.FleetSimulation;

/// <summary>The simulation's clock for the hub, whose timers count as its work.</summary>
internal sealed class HubTime(VirtualTime time, ProcessorMeter meter) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(argument => meter.Count(() => callback(argument)), state, dueTime, period);
}
