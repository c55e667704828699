using NanoRnn.Fleet;
using NanoRnn.FleetSimulation;

// Figures of docs/fleet.md: dotnet run -c Release --project tools/fleet [-- target | load | messages]
if (args is [] or ["target"])
{
    const double Target = 0.05;
    foreach (var (name, aggregation) in new (string, Aggregation)[] { ("average", Aggregation.FederatedAverage), ("median", Aggregation.Median), ("trimmed mean, 0.2", Aggregation.TrimmedMean(0.2)) })
    {
        foreach (var hostile in (double[])[0, 0.1])
        {
            var options = new FleetHubOptions { Rounds = 600, SampleSize = 200, MinUpdates = 50, MinDevices = 5000, RoundTime = TimeSpan.FromMinutes(1), Aggregation = aggregation, MaxUpdateNorm = 5 };
            using var simulation = new Simulation(10_000, hostile, options, journal: null);
            simulation.Run($"10,000 devices, {name}, {hostile:P0} hostile", Target, reportEvery: 200);
        }
    }
}

if (args is [] or ["load"])
{
    var folder = Directory.CreateTempSubdirectory("nanornn-fleet-");
    using (var journal = new HubJournal(folder.FullName))
    {
        var options = new FleetHubOptions { Rounds = 60, SampleSize = 1000, MinDevices = 1000, Interval = TimeSpan.FromMinutes(1), RoundTime = TimeSpan.FromSeconds(50), MaxUpdateNorm = 5 };
        using var simulation = new Simulation(1000, 0.1, options, journal);
        simulation.Run("1,000 devices, a round a minute", target: 0, reportEvery: 10);
    }

    folder.Delete(recursive: true);
}

if (args is [] or ["messages"])
    await BrokerAllocations.MeasureAsync(port: 18830);
