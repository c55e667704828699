using NanoRnn.Fleet;

namespace NanoRnn.FleetSimulation;

/// <summary>
/// What MQTTnet allocates: a hub, its broker and devices in one process, over its network. The hub's part is subtracted: what the same rounds allocate
/// where messages go by hand; devices allocate nothing.
/// </summary>
internal static class BrokerAllocations
{
    private const int Devices = 20;
    private const int Rounds = 60;
    private const int WarmUp = 10;

    /// <summary>A task, an update and a receipt.</summary>
    private const int Messages = 3;

    public static async Task MeasureAsync(int port)
    {
        var options = new MqttFleetOptions { Fleet = "allocations", Port = port };
        await using var broker = await EmbeddedBroker.StartAsync(options);
        using var hub = NewHub();
        var allocated = Watch(hub);
        var running = new List<Task>();
        foreach (var name in Names)
        {
            var device = new MqttDevice(NewDevice(), options with { User = name });
            running.Add(device.RunAsync().ContinueWith(_ => device.Dispose(), TaskScheduler.Default));
        }

        await using (await MqttHub.StartAsync(hub, options))
            await hub.Completion;
        await Task.WhenAll(running);
        var (with, without) = (await allocated, await RunByHandAsync());
        var size = WeightVector.Of(new WaveModel()).Length * sizeof(float);
        Console.WriteLine(FormattableString.Invariant(
            $"weights of {size} bytes: {with:F0} bytes are allocated for an update with its task and receipt, {without:F0} of them by the hub; {(with - without) / Messages:F0} for a message through client, broker and client"));
    }

    private static IEnumerable<string> Names => Enumerable.Range(0, Devices).Select(i => $"device-{i}");

    private static FleetHub NewHub() => new(WeightVector.Of(new WaveModel()), new FleetHubOptions { Rounds = Rounds, SampleSize = Devices, MinDevices = Devices, MinUpdates = Devices });

    private static FleetDevice NewDevice() => new(WeightVector.Of(new WaveModel()), new NoTraining());

    private static async Task<double> RunByHandAsync()
    {
        using var hub = NewHub();
        var allocated = Watch(hub);
        var devices = Names.ToDictionary(name => name, _ => NewDevice());
        var network = new Queue<(string Device, ReadOnlyMemory<byte> Message)>();
        hub.Start(new Transport(network));
        foreach (var (name, device) in devices)
            hub.Receive(name, device.Hello().Span);
        while (network.TryDequeue(out var item))
        {
            if (devices[item.Device].Receive(item.Message.Span) is { IsEmpty: false } answer)
                hub.Receive(item.Device, answer.Span);
        }

        return await allocated;
    }

    /// <summary>The bytes that are allocated for each update, from some rounds on.</summary>
    private static Task<double> Watch(FleetHub hub)
    {
        var (result, before) = (new TaskCompletionSource<double>(), 0L);
        hub.RoundCompleted += report =>
        {
            if (report.Round == WarmUp)
                before = GC.GetTotalAllocatedBytes(precise: true);
            else if (report.Round == Rounds - 1)
                result.SetResult((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)((Rounds - 1 - WarmUp) * Devices));
        };
        return result.Task;
    }

    private sealed class NoTraining : ILocalTraining
    {
        public int Samples => 1;

        public float Run(int round, float proximalTerm) => 0;
    }

    private sealed class Transport(Queue<(string Device, ReadOnlyMemory<byte> Message)> network) : IHubTransport
    {
        public void Send(string device, ReadOnlyMemory<byte> message) => network.Enqueue((device, message));

        public void Broadcast(ReadOnlyMemory<byte> message)
        {
        }
    }
}
