using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace NanoRnn.Fleet.Tests;

/// <summary>samples/Fleet as processes, which are killed.</summary>
public sealed partial class ProcessTests(ITestOutputHelper output) : IDisposable
{
    private const double Tolerance = 0.03;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-fleet-");
    private readonly List<Process> _processes = [];
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(9));
    private readonly string _port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
    private string[] _program = [DotNetProcess.DotNetPath, Path.Combine(AppContext.BaseDirectory, "fleet.dll")];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
        _timeout.Dispose();
    }

    [SlowFact("Runs four devices and a hub that is killed")]
    public async Task FourDevicesLearnThoughTheHubIsKilled()
    {
        var result = await RunAsync(devices: 4, rounds: 3, hostile: [], kills: 1, death: 0);
        Assert.Equal(3, result.MergedRounds);
        Assert.InRange(result.Error, 0.1, 0.16);
    }

    /// <summary>20 devices with 0.5 to 9.5 % of the data each; every round six of them die, two are hostile, and the hub dies ten times.</summary>
    [SlowFact("Publishes a binary and runs 20 devices for 30 rounds", isLong: true)]
    public async Task TwentyNativeDevicesAreAsGoodAsOnePlace()
    {
        await PublishAsync();
        var central = await CentralAsync();
        var result = await RunAsync(devices: 20, rounds: 30, hostile: [7, 13], kills: 10, death: 0.3);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result}; in one place {central:F5}, ratio {result.Error / central:F4}"));
        Assert.Equal(30, result.MergedRounds + result.VoidRounds);
        Assert.InRange(result.Refusals, 30, int.MaxValue);
        Assert.InRange(result.Error / central, 0, 1 + Tolerance);
    }

    private async Task<FleetResult> RunAsync(int devices, int rounds, int[] hostile, int kills, double death)
    {
        var random = new Random(1);
        string[] common = ["--devices", Text(devices), "--port", _port];
        string[] hubArguments = ["hub", .. common, "--rounds", Text(rounds), "--journal", Path.Combine(_folder.FullName, "journal")];
        int[] honest = [.. Enumerable.Range(0, devices).Except(hostile)];
        var running = honest.ToDictionary(name => name, name => Start(["device", .. common, "--name", Text(name)]));
        var enemies = hostile.Select(name => new HostileDevice(
            new MqttFleetOptions { Fleet = "air", Port = int.Parse(_port, CultureInfo.InvariantCulture), User = $"device-{name}", ReconnectDelay = TimeSpan.FromMilliseconds(200) }, 1_000_000, name)).ToArray();
        var (refused, seen, deaths, watch) = (0, new SortedSet<int>(), 0, Stopwatch.StartNew());
        var lives = 0;
        var lines = new List<string>();
        while (true)
        {
            var hub = Start(hubArguments);
            var (isKilled, start) = (false, seen.Count);
            while (await hub.StandardOutput.ReadLineAsync(_timeout.Token) is { } line)
            {
                lines.Add(line);
                output.WriteLine(line);
                if (RefusedLine().Match(line) is { Success: true } refusal)
                {
                    refused++;
                    if (hostile.Length > 0 && refusal.Groups[2].Value is not ("Late" or "Duplicate" or "NotAsked"))
                        Assert.Contains(int.Parse(refusal.Groups[1].Value, CultureInfo.InvariantCulture), hostile);
                }

                if (RoundLine().Match(line) is not { Success: true } round)
                    continue;
                Assert.InRange(int.Parse(round.Groups[2].Value, CultureInfo.InvariantCulture), 0, honest.Length);
                Assert.True(seen.Add(int.Parse(round.Groups[1].Value, CultureInfo.InvariantCulture)), $"A round twice:\n{string.Join('\n', lines)}");

                Assert.DoesNotContain(round.Groups[3].Value.Split(' '), device => hostile.Any(name => device == $"device-{name}"));

                // As the next round runs.
                var dying = (int)Math.Round(death * devices);
                random.Shuffle(honest);
                foreach (var name in honest[..dying])
                {
                    running[name].Kill();
                    running[name] = Start(["device", .. common, "--name", Text(name)]);
                    deaths++;
                }

                if (!isKilled && lives < kills && seen.Count > start + (rounds > 10 ? 1 : 0))
                {
                    isKilled = true;
                    lives++;
                    _ = Task.Delay(random.Next(300)).ContinueWith(_ => hub.Kill(), TaskScheduler.Default);
                }
            }

            await hub.WaitForExitAsync(_timeout.Token);
            if (hub.ExitCode == 0)
                break;
            Assert.True(isKilled, await hub.StandardError.ReadToEndAsync());
        }

        foreach (var enemy in enemies)
            enemy.Dispose();
        Assert.Equal(kills, lives);
        var text = string.Join('\n', lines);
        var merged = MergedLine().Match(text);
        Assert.True(merged.Success, text);
        var peak = running.Values.Where(process => !process.HasExited).Select(process => process.PeakWorkingSet64).DefaultIfEmpty().Max();
        return new(
            double.Parse(ErrorLine().Match(text).Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(merged.Groups[2].Value, CultureInfo.InvariantCulture),
            int.Parse(merged.Groups[3].Value, CultureInfo.InvariantCulture), int.Parse(merged.Groups[1].Value, CultureInfo.InvariantCulture), refused, deaths, peak, watch.Elapsed);
    }

    private async Task<double> CentralAsync()
    {
        var process = Start(["central"]);
        var text = await process.StandardOutput.ReadToEndAsync(_timeout.Token);
        return double.Parse(ErrorLine().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task PublishAsync()
    {
        var folder = Path.Combine(_folder.FullName, "native");
        var root = typeof(ProcessTests).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false).Cast<System.Reflection.AssemblyMetadataAttribute>().Single(item => item.Key == "RepositoryRoot").Value!;
        await DotNetProcess.RunAsync(
            "publish", root, ["samples/Fleet", "-c", "Release", "--use-current-runtime", "--artifacts-path", Path.Combine(_folder.FullName, "build"), "-o", folder],
            ("MSBUILDDISABLENODEREUSE", "1"));
        _program = [Path.Combine(folder, "fleet")];
    }

    private Process Start(string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(_program[0], [.. _program[1..], .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName,
        })!;
        _processes.Add(process);
        return process;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^round (\d+): (\d+) of \d+ updates, .* of(.*)$")]
    private static partial Regex RoundLine();

    [GeneratedRegex(@"^refused device-(\d+): (\w+)")]
    private static partial Regex RefusedLine();

    [GeneratedRegex(@"merged (\d+) updates in (\d+) rounds, (\d+) without effect")]
    private static partial Regex MergedLine();

    [GeneratedRegex(@"test error (\S+)")]
    private static partial Regex ErrorLine();
}
