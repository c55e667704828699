using AirPollution;
using NanoRnn.Fleet;

namespace AirFleet;

/// <summary>A device: its slice of the data, and what it learns from it.</summary>
internal static class DeviceProgram
{
    public static async Task RunAsync(Options options)
    {
        var data = AirData.SliceOf(AirData.Load(), options.Name, options.Devices);
        var model = new AirModel();
        using var trainer = AirData.NewTrainer(model, seed: options.Name);
        var device = new FleetDevice(WeightVector.Of(model), new LocalTraining<AirModel>(trainer, data, epochs: 1));
        using var connection = new MqttDevice(device, options.Mqtt(options.DeviceName));
        await connection.RunAsync();
        Console.WriteLine($"{options.DeviceName}: learnt from {data.Count} samples in {device.LearntRounds} rounds");
    }
}
