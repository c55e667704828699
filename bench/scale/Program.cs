using System.Globalization;
using NanoRnn;
using NanoRnn.Mpi;
using NanoRnn.Scale;

using var processes = MpiProcessGroup.StartIfLaunched();
switch (args)
{
    case ["step", var task, var shards, var steps, .. var rest]:
        Measurement.RunSteps(
            task,
            int.Parse(shards, CultureInfo.InvariantCulture),
            int.Parse(steps, CultureInfo.InvariantCulture),
            rest is ["bf16"] ? Precision.BFloat16 : Precision.Float32,
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
        Console.Error.WriteLine("usage: step <heavy_lstm128|softmax10000> <shards> <steps> [bf16] | exchange (under mpirun) | forecast <picture.svg>");
        return 2;
}
