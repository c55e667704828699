using System.Globalization;
using NanoRnn.Fleet;

namespace AirFleet;

/// <summary>The hub: rounds, and what came of them.</summary>
internal static class HubProgram
{
    /// <summary>How long a round waits for devices that are there and do not answer.</summary>
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(20);

    /// <param name="options">The command line.</param>
    /// <param name="isReady">Called when devices may come.</param>
    public static async Task RunAsync(Options options, Action isReady)
    {
        var series = AirData.Load();
        var model = AirData.NewModel(series);
        using var journal = new HubJournal(options.Journal);
        using var hub = new FleetHub(WeightVector.Of(model), new FleetHubOptions
        {
            Rounds = options.Rounds, SampleSize = options.Devices, MinDevices = (options.Devices + 1) / 2, MinUpdates = (options.Devices + 3) / 4, RoundTime = RoundTime,
        }, journal);
        hub.RoundCompleted += report => Say($"round {report.Round + 1}: {report.Updates} of {report.Asked} updates, {(report.IsMerged ? "merged" : "not merged")}, loss {report.Loss:F4}, of {string.Join(" ", report.Devices)}");
        hub.Refused += (device, refusal) => Say($"refused {device}: {refusal}");
        var mqtt = options.Mqtt(options.User ?? "hub");
        await using var broker = options.Broker is null ? await EmbeddedBroker.StartAsync(mqtt) : null;
        await using (await MqttHub.StartAsync(hub, mqtt))
        {
            Say($"hub: {hub.CompletedRounds} of {options.Rounds} rounds are over, journal in {options.Journal}");
            isReady();
            await hub.Completion;
        }

        Say($"merged {hub.Counters.MergedUpdates} updates in {hub.Counters.MergedRounds} rounds, {hub.Counters.VoidRounds} without effect");
        Say($"test error {AirData.TestError(series, model):F5}");

        // Devices have the last weights by then, if they are there.
        await Task.Delay(TimeSpan.FromSeconds(1));
        model.Save(Path.Combine(options.Journal, "air.safetensors"));
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
