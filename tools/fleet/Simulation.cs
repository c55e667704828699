using NanoRnn.Fleet;

namespace NanoRnn.FleetSimulation;

/// <summary>A fleet in one process: the hub and the messages are real, the clock and the network are not.</summary>
internal sealed class Simulation : IDisposable
{
    private const double StragglerShare = 0.15;
    private const int SamplesPerDevice = 32;

    private readonly WaveModel _shared = new();
    private readonly WaveModel _model = new(seed: 1);
    private readonly VirtualTime _time = new();
    private readonly ProcessorMeter _hubMeter = new();

    /// <summary>Devices whose updates are such that the hub has to refuse all of them.</summary>
    private readonly HashSet<string> _outcasts = [];
    private readonly FleetHub _hub;
    private readonly SimulatedNetwork _network;
    private readonly Trainer<WaveModel> _trainer;
    private readonly int _devices;

    public Simulation(int devices, double hostileShare, FleetHubOptions options, HubJournal? journal)
    {
        var random = new Random(1);
        _devices = devices;
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        _hub = new FleetHub(WeightVector.Of(_model), options, journal, new HubTime(_time, _hubMeter));
        Greet(devices);
        Console.WriteLine(FormattableString.Invariant($"  a hub that knows {devices} devices has {(GC.GetTotalMemory(forceFullCollection: true) - memory) / 1e6:F2} MB for weights of {WeightVector.Of(_model).Length * sizeof(float)} bytes and {options.SampleSize} updates"));
        _network = new SimulatedNetwork(_time, _hub, _hubMeter, random);
        var vector = WeightVector.Of(_shared);
        _trainer = new Trainer<WaveModel>(_shared, new TrainerOptions { Optimizer = Optimizer.Sgd(0.2) with { GlobalClipNorm = 1 }, BatchSize = 8, TimeSteps = Waves.Steps });
        var (before, after) = (new float[vector.Length], new float[vector.Length]);
        Behaviour[] hostile = [Behaviour.Poison, Behaviour.Poison, Behaviour.Huge, Behaviour.NotFinite, Behaviour.Boastful];
        for (var i = 0; i < devices; i++)
        {
            var wave = Waves.Any(random);
            var honest = new LocalTraining<WaveModel>(_trainer, Waves.Create(SamplesPerDevice, _ => wave, random), epochs: 1);
            var behaviour = random.NextDouble() < hostileShare ? hostile[random.Next(hostile.Length)] : Behaviour.Honest;
            var name = $"device-{i:d5}";
            if (behaviour is not (Behaviour.Honest or Behaviour.Poison))
                _outcasts.Add(name);
            _network.Add(name, new FleetDevice(vector, new DeviceTraining(vector, honest, behaviour, before, after)), random.NextDouble() < StragglerShare);
        }
    }

    public void Dispose()
    {
        _hub.Dispose();
        _trainer.Dispose();
    }

    /// <summary>Has the hub know all devices, before the other parts of the simulation take memory.</summary>
    private void Greet(int devices)
    {
        var hello = new FleetDevice(WeightVector.Of(_model), new LocalTraining<WaveModel>(new(_model, new TrainerOptions { BatchSize = 1, TimeSteps = Waves.Steps }), Waves.Create(1, _ => (1, 1), new Random(1)), epochs: 1)).Hello();
        for (var i = 0; i < devices; i++)
            _hub.Receive($"device-{i:d5}", hello.Span);
    }

    /// <summary>Runs to the last round, or until a round's weights err less than a target.</summary>
    public void Run(string title, double target, int reportEvery)
    {
        var test = Waves.Create(1000, _ => Waves.Any(new Random(_)), new Random(2));
        using var judge = new Trainer<WaveModel>(_model, new TrainerOptions { BatchSize = 100, TimeSteps = Waves.Steps });
        var (error, rounds, merged, outcasts) = (double.NaN, 0, 0, 0);
        Console.WriteLine(title);
        _hub.RoundCompleted += report =>
        {
            rounds++;
            if (report.IsMerged)
            {
                merged += report.Updates;
                outcasts += report.Devices.Count(_outcasts.Contains);
            }

            _hubMeter.Exclude(() =>
            {
                error = judge.Evaluate(test);
                if (rounds % reportEvery == 0)
                    Console.WriteLine(FormattableString.Invariant($"  round {rounds}: {report.Updates} of {report.Asked} updates, error {error:F5}, {GC.GetTotalMemory(forceFullCollection: true) / 1e6:F2} MB in the process"));
            });
        };
        var start = Environment.CpuUsage.TotalTime;
        _hubMeter.Count(() => _hub.Start(_network));
        while (!_hub.Completion.IsCompleted && !(error <= target) && _time.TryAdvance())
        {
        }

        var refusals = string.Join(", ", Enum.GetValues<Refusal>().Where(refusal => _hub.Counters[refusal] > 0).Select(refusal => $"{refusal} {_hub.Counters[refusal]}"));
        Console.WriteLine(FormattableString.Invariant($"  {(error <= target ? $"error {target} reached" : "ended")} after {rounds} rounds and {_time.Elapsed.TotalMinutes:F1} minutes of virtual time: error {error:F5}, {_hub.Counters.MergedUpdates} updates merged, {merged} by the rounds' lists of devices, {outcasts} of them of the {_outcasts.Count} devices that no update is to be taken of"));
        Console.WriteLine(FormattableString.Invariant($"  bytes per device: {_network.BytesToDevices / _devices} received, {_network.BytesToHub / _devices} sent; of the process's {(Environment.CpuUsage.TotalTime - start).TotalSeconds:F1} s of processor time the hub {_hubMeter.Time.TotalSeconds:F2} s"));
        Console.WriteLine($"  refused: {refusals}");
    }
}
