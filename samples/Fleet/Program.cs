using System.Globalization;
using AirFleet;
using Samples;

try
{
    var options = Options.Parse(args);
    switch (options.Verb)
    {
        case Verb.All:
            await LocalFleet.RunAsync(options);
            break;
        case Verb.Hub:
            await HubProgram.RunAsync(options, () => { });
            break;
        case Verb.Device:
            await DeviceProgram.RunAsync(options);
            break;
        case Verb.Central:
            var series = AirData.Load();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test error {AirData.TestError(series, AirData.TrainInOnePlace(series, epochs: 5)):F5}"));
            break;
        default:
            Console.WriteLine(Options.Usage);
            break;
    }

    return 0;
}
catch (UsageException exception)
{
    Console.Error.WriteLine($"fleet: {exception.Message}\n{Options.Usage}");
    return 2;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine($"fleet: {exception.Message}");
    return 1;
}
