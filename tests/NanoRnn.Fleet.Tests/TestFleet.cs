using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet.Tests;

/// <summary>A hub, its devices, and between them queues that a test empties in whatever order it likes.</summary>
internal sealed class TestFleet : IHubTransport
{
    public readonly Dictionary<string, FleetDevice> Devices = [];
    public readonly Dictionary<string, FixedTraining> Trainings = [];
    public readonly List<(string Device, byte[] Message)> ToDevices = [];
    public readonly List<(string Device, byte[] Message)> ToHub = [];
    public readonly List<(string Device, Refusal Refusal)> Refusals = [];
    public readonly List<RoundReport> Reports = [];
    public readonly SmallModel Model = new(seed: 3);
    private readonly FleetHubOptions _options;

    public TestFleet(FleetHubOptions options, HubJournal? journal = null, VirtualTime? time = null)
    {
        (_options, Time) = (options, time ?? new VirtualTime());
        Hub = NewHub(journal);
    }

    public VirtualTime Time { get; }

    public FleetHub Hub { get; private set; }

    public MessageContext Context => new(FleetOf(ToDevices[0].Message), WeightVector.Of(Model).Fingerprint, (uint)Hub.CompletedRounds);

    public static ulong FleetOf(byte[] message)
    {
        Assert.Null(Message.TryRead(message, out var read));
        return read.Context.Fleet;
    }

    public float[] Weights()
    {
        var vector = WeightVector.Of(Model);
        var weights = new float[vector.Length];
        vector.CopyTo(weights);
        return weights;
    }

    public void AddDevices(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var model = new SmallModel(seed: 100 + i);
            var name = $"device-{i}";
            Trainings.Add(name, new FixedTraining(model, i, samples: 10 + i));
            Devices.Add(name, new FleetDevice(WeightVector.Of(model), Trainings[name]));
        }
    }

    public void SayHello(params IEnumerable<string> names)
    {
        foreach (var name in names)
            ToHub.Add((name, Devices[name].Hello().ToArray()));
    }

    /// <summary>Kills the hub and starts another one with the same journal; what was on its way is lost.</summary>
    public void Restart(HubJournal journal)
    {
        Hub.Dispose();
        ToDevices.Clear();
        ToHub.Clear();
        Hub = NewHub(journal);
        Hub.Start(this);
    }

    /// <summary>Delivers until nothing is on its way.</summary>
    public void Deliver(Random? order = null, int copies = 1)
    {
        while (ToHub.Count + ToDevices.Count > 0)
        {
            if (Take(ToDevices, order) is var (device, task))
            {
                foreach (var name in device == "" ? (IEnumerable<string>)[.. Devices.Keys] : [device])
                {
                    var answer = Devices[name].Receive(task);
                    for (var copy = 0; copy < copies && !answer.IsEmpty; copy++)
                        ToHub.Add((name, answer.ToArray()));
                }
            }

            if (Take(ToHub, order) is var (sender, message))
                Hub.Receive(sender, message);
        }
    }

    public void Send(string device, ReadOnlyMemory<byte> message)
    {
        if (Devices.ContainsKey(device))
            ToDevices.Add((device, message.ToArray()));
    }

    public void Broadcast(ReadOnlyMemory<byte> message) => ToDevices.Add(("", message.ToArray()));

    private static (string, byte[])? Take(List<(string, byte[])> queue, Random? order)
    {
        if (queue.Count == 0)
            return null;
        var index = order?.Next(queue.Count) ?? 0;
        var item = queue[index];
        queue.RemoveAt(index);
        return item;
    }

    private FleetHub NewHub(HubJournal? journal)
    {
        var hub = new FleetHub(WeightVector.Of(Model), _options, journal, Time);
        hub.Refused += (device, refusal) => Refusals.Add((device, refusal));
        hub.RoundCompleted += Reports.Add;
        return hub;
    }
}
