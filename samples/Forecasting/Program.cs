using Forecasting;

try
{
    var options = Options.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(Options.Usage);
        return 0;
    }

    var series = MonthlySeries.Load(Path.Combine(AppContext.BaseDirectory, "data", "monthly-sunspots.csv"));
    SunspotForecast.Run(series, options, Console.Out, isLive: !Console.IsOutputRedirected);
    return 0;
}
catch (UsageException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
