using System.Globalization;
using System.Text;

namespace NanoRnn.Scale;

/// <summary>
/// What a step takes: a process's share of the computation, what every process does for all weights, and the exchange. The first three
/// numbers are fitted to measurements of `step` and `exchange` on one machine (docs/scale.md), those of networks are what such networks do.
/// </summary>
internal static class Forecast
{
    /// <summary>Operations of products in a second, of one core that trains.</summary>
    private const double Operations = 55e9;

    /// <summary>Operations for one weight and one time step: two forwards, four backwards.</summary>
    private const double OperationsPerWeight = 6;

    /// <summary>Seconds for one weight that all processes take: optimizer, transposition, sums and copies, while the others do the same.</summary>
    private const double SecondsPerWeight = 21e-9;

    /// <summary>Sequences in a batch, one shard for every four of them, and their steps.</summary>
    private const int Sequences = 1024;
    private const int Steps = 50;

    /// <summary>Bytes of a weight on its way.</summary>
    private const int Bytes = 4;

    public static readonly int[] Processes = [8, 16, 32, 64, 128, 256];
    public static readonly double[] Weights = [1e4, 1e5, 1e6, 1e7, 1e8];
    public static readonly Network[] Networks = [new("10 Gbit/s", 25e-6, 1.1e9), new("100 Gbit/s", 5e-6, 11e9)];

    /// <summary>How many times as fast so many processes are as one.</summary>
    public static double SpeedUp(double weights, int processes, Network network) => Compute(weights, 1) / StepTime(weights, processes, network);

    /// <summary>Seconds of a step.</summary>
    public static double StepTime(double weights, int processes, Network network) =>
        Compute(weights, processes) + ExchangeTime(weights, processes, network);

    /// <summary>
    /// The exchange, with as many shards as processes: each gives all others a part of its gradient, and then its part of the sum. A message
    /// to every other process twice, and twice the gradient but for what is its own.
    /// </summary>
    public static double ExchangeTime(double weights, int processes, Network network) =>
        2.0 * (processes - 1) * network.Latency + 2 * weights * Bytes * (processes - 1) / processes / network.BytesPerSecond;

    /// <summary>The forecast as text, a table for each network.</summary>
    public static string Describe()
    {
        var text = new StringBuilder();
        foreach (var network in Networks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{network.Name}: times as fast as one process (of a step the milliseconds, and the part of it that is exchange)\n");
            text.Append("| weights |").AppendJoin('|', Processes.Select(processes => $" {processes} ")).Append("|\n|---|").AppendJoin('|', Processes.Select(_ => "---")).Append("|\n");
            foreach (var weights in Weights)
            {
                text.Append(CultureInfo.InvariantCulture, $"| 10^{Math.Log10(weights)} |");
                foreach (var processes in Processes)
                {
                    var (step, exchange) = (StepTime(weights, processes, network), ExchangeTime(weights, processes, network));
                    text.Append(CultureInfo.InvariantCulture, $" {SpeedUp(weights, processes, network):F1} ({(step < 1 ? 1000 * step : step):F1} {(step < 1 ? "ms" : "s")}, {exchange / step:P0}) |");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static double Compute(double weights, int processes) =>
        weights * OperationsPerWeight * Sequences * Steps / processes / Operations + weights * SecondsPerWeight;

    /// <summary>A network between processes.</summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="Latency">Seconds of a small message.</param>
    /// <param name="BytesPerSecond">What a process can send in a second.</param>
    internal sealed record Network(string Name, double Latency, double BytesPerSecond);
}
