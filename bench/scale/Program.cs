using System.Globalization;
using NanoRnn;
using NanoRnn.Mpi;
using NanoRnn.Scale;

using var processes = MpiProcessGroup.StartIfLaunched();
switch (args)
{
    case ["step", var task, var shards, var steps, .. var rest] when rest.Length % 2 == 0:
        var options = rest.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        Measurement.RunSteps(
            task,
            new TrainerOptions
            {
                Shards = Number(shards),
                Processes = processes,
                BatchSize = Number(options.GetValueOrDefault("rows", "64")),
                Threads = Number(options.GetValueOrDefault("threads", "1")),
                GradientPrecision = options.GetValueOrDefault("bits", "32") == "16" ? Precision.BFloat16 : Precision.Float32,
                Optimizer = Optimizer.Adam(0.001),
            },
            Number(steps),
            processes);
        return 0;
    case ["exchange"] when processes is not null:
        Measurement.RunExchange(processes);
        return 0;
    case ["forecast", var path]:
        Console.Write(Forecast.Describe());
        File.WriteAllText(path, ForecastPicture.Draw());
        return 0;
    default:
        Console.Error.WriteLine("usage: step <heavy_lstm128|softmax10000> <shards> <steps> [rows <number>] [threads <number>] [bits <16|32>] | exchange (under mpirun) | forecast <picture.svg>");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
