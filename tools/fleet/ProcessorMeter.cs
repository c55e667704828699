namespace NanoRnn.FleetSimulation;

/// <summary>The processor time that a part of the simulation takes: everything is on one thread, so that it is the process's meanwhile.</summary>
internal sealed class ProcessorMeter
{
    public TimeSpan Time { get; private set; }

    /// <summary>Does something that counts.</summary>
    public void Count(Action action) => Run(action, 1);

    /// <summary>Does something that does not, within something that does.</summary>
    public void Exclude(Action action) => Run(action, -1);

    private void Run(Action action, int sign)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        Time += sign * (Environment.CpuUsage.TotalTime - start);
    }
}
