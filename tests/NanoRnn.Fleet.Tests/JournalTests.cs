namespace NanoRnn.Fleet.Tests;

/// <summary>A hub that is killed goes on as if it had not been.</summary>
public sealed class JournalTests : IDisposable
{
    private static readonly FleetHubOptions Options = new() { Rounds = 4, SampleSize = 4, MinUpdates = 4, MinDevices = 5 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-fleet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void HubThatIsKilledAfterAnyMessageGivesTheSameBits()
    {
        var expected = Start(journal: null);
        expected.Deliver();
        var random = new Random(1);
        for (var every = 1; every <= 12; every++)
        {
            using var journal = new JournalFolder(_folder, $"every-{every}");
            var fleet = Start(journal.Open());
            var kills = 0;
            for (var turn = 0; !fleet.Hub.Completion.IsCompleted; turn++)
            {
                if (turn % every == every - 1 && kills < 40)
                {
                    fleet.Restart(journal.Open());
                    kills++;
                }

                Step(fleet, random);
            }

            Assert.True(kills > 0);
            Assert.Equal(expected.Weights(), fleet.Weights());
            Assert.Equal(16, fleet.Hub.Counters.MergedUpdates);
        }
    }

    /// <summary>The last record of the log may be there in part, or not at all.</summary>
    [Fact]
    public void LogThatEndsAnywhereIsGoneOnFrom()
    {
        var expected = Start(journal: null);
        expected.Deliver();
        byte[] state, log;
        ulong fleetNumber;
        using (var journal = new JournalFolder(_folder, "whole"))
        {
            var fleet = Start(journal.Open());
            while (fleet.Hub.CompletedRounds < 1 || new FileInfo(Path.Combine(journal.Path, "round.log")).Length < 1500)
                Step(fleet, new Random(2));
            fleetNumber = TestFleet.FleetOf(fleet.ToDevices.Count > 0 ? fleet.ToDevices[0].Message : fleet.ToHub[0].Message);
            fleet.Hub.Dispose();
            journal.Close();
            (state, log) = (File.ReadAllBytes(Path.Combine(journal.Path, "hub.state")), File.ReadAllBytes(Path.Combine(journal.Path, "round.log")));
        }

        Assert.True(log.Length > 1500);
        Assert.NotEqual(0ul, fleetNumber);
        for (var length = 0; length <= log.Length; length += length < 100 || length > log.Length - 20 ? 1 : 37)
        {
            using var journal = new JournalFolder(_folder, $"cut-{length}");
            File.WriteAllBytes(Path.Combine(journal.Path, "hub.state"), state);
            File.WriteAllBytes(Path.Combine(journal.Path, "round.log"), log[..length]);
            var fleet = Start(journal.Open());
            fleet.Deliver();
            Assert.Equal(expected.Weights(), fleet.Weights());
        }
    }

    [Fact]
    public void DamagedOrOtherStateIsRefusedByName()
    {
        using var journal = new JournalFolder(_folder, "damaged");
        Start(journal.Open()).Deliver();
        journal.Close();
        var path = Path.Combine(journal.Path, "hub.state");
        var bytes = File.ReadAllBytes(path);
        bytes[^20] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Start(journal.Open())).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, bytes[..^1]);
        Assert.Contains("another model", Assert.Throws<InvalidDataException>(() => Start(journal.Open())).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "something else, which is long enough");
        Assert.Contains("something else", Assert.Throws<InvalidDataException>(() => Start(journal.Open())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoHubsDoNotShareAJournal()
    {
        using var journal = new JournalFolder(_folder, "shared");
        journal.Open();
        Assert.Throws<IOException>(() => new HubJournal(journal.Path));
    }

    private static TestFleet Start(HubJournal? journal)
    {
        var fleet = new TestFleet(Options, journal);
        fleet.AddDevices(5);
        fleet.Hub.Start(fleet);
        fleet.SayHello(fleet.Devices.Keys);
        return fleet;
    }

    /// <summary>Delivers one message; if there is none, time passes.</summary>
    private static void Step(TestFleet fleet, Random random)
    {
        if (fleet.ToHub.Count > 0)
        {
            var index = random.Next(fleet.ToHub.Count);
            var (device, message) = fleet.ToHub[index];
            fleet.ToHub.RemoveAt(index);
            fleet.Hub.Receive(device, message);
        }
        else if (fleet.ToDevices.Count > 0)
        {
            var (device, message) = fleet.ToDevices[0];
            fleet.ToDevices.RemoveAt(0);
            foreach (var name in device == "" ? (IEnumerable<string>)fleet.Devices.Keys : [device])
            {
                var answer = fleet.Devices[name].Receive(message);
                if (!answer.IsEmpty)
                    fleet.ToHub.Add((name, answer.ToArray()));
            }
        }
        else
        {
            Assert.True(fleet.Time.TryAdvance());
        }
    }
}
