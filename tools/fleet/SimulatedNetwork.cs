using NanoRnn.Fleet;

namespace NanoRnn.FleetSimulation;

/// <summary>Devices, and messages that take their time.</summary>
internal sealed class SimulatedNetwork(VirtualTime time, FleetHub hub, ProcessorMeter hubMeter, Random random) : IHubTransport
{
    private readonly Dictionary<string, (FleetDevice Device, bool IsSlow)> _devices = [];

    public long BytesToDevices { get; private set; }

    public long BytesToHub { get; private set; }

    public void Add(string name, FleetDevice device, bool isSlow)
    {
        _devices.Add(name, (device, isSlow));
        Answer(name, device.Hello(), isSlow);
    }

    public void Send(string device, ReadOnlyMemory<byte> message)
    {
        BytesToDevices += message.Length;
        var (receiver, isSlow) = _devices[device];
        time.Schedule(Latency(isSlow: false), () => Answer(device, receiver.Receive(message.Span), isSlow));
    }

    public void Broadcast(ReadOnlyMemory<byte> message) => BytesToDevices += (long)message.Length * _devices.Count;

    private void Answer(string device, ReadOnlyMemory<byte> answer, bool isSlow)
    {
        if (answer.IsEmpty)
            return;
        BytesToHub += answer.Length;
        var message = answer.ToArray();
        time.Schedule(Latency(isSlow), () => hubMeter.Count(() => hub.Receive(device, message)));
    }

    /// <summary>Some seconds; minutes for a straggler, who is too late more often than not.</summary>
    private TimeSpan Latency(bool isSlow) => TimeSpan.FromSeconds((isSlow ? 60 : 1) * (0.5 + 4 * random.NextDouble()));
}
