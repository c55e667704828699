using System.Diagnostics;
using System.Globalization;

namespace AirFleet;

/// <summary>A hub in this process, and a process for each device.</summary>
internal static class LocalFleet
{
    public static async Task RunAsync(Options options)
    {
        var devices = new List<Process>();
        try
        {
            await HubProgram.RunAsync(options, () =>
            {
                for (var name = 0; name < options.Devices; name++)
                    devices.Add(Start(options, name));
            });
        }
        finally
        {
            foreach (var device in devices)
            {
                device.Kill();
                device.Dispose();
            }
        }
    }

    private static Process Start(Options options, int name)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!);

        // What runs this program may be the dotnet command, which needs to know which one.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "fleet.dll"));
        foreach (var argument in (ReadOnlySpan<string>)["device", "--name", Text(name), "--devices", Text(options.Devices)])
            info.ArgumentList.Add(argument);
        Add("--broker", options.Broker);
        Add("--port", options.Port > 0 ? Text(options.Port) : null);
        Add("--password", options.Password);
        Add("--ca", options.Authority);
        return Process.Start(info)!;

        void Add(string option, string? value)
        {
            if (value is null)
                return;
            info.ArgumentList.Add(option);
            info.ArgumentList.Add(value);
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
