using Forecasting;
using Samples;

var defaults = new Options { Epochs = SunspotForecast.Epochs, Output = Path.Combine("artifacts", "forecasting") };
return CommandLine.Run(args, "Forecasting", defaults, options => SunspotForecast.Run(
    MonthlySeries.Load(DataFile.PathOf("monthly-sunspots.csv")), options.Seed, options.Epochs, options.Output!, Console.Out, isLive: !Console.IsOutputRedirected));
