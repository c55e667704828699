using AirPollution;
using Samples;

var defaults = new Options { Epochs = AirForecast.Epochs, Output = Path.Combine("artifacts", "air-pollution") };
return CommandLine.Run(args, "AirPollution", defaults, options => AirForecast.Run(
    AirSeries.Load(DataFile.PathOf("beijing-pm25.csv.gz")), options.Seed, options.Epochs, options.Output!, Console.Out, isLive: !Console.IsOutputRedirected));
