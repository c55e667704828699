using System.Globalization;
using NanoRnn.Fleet;
using Samples;

namespace AirFleet;

/// <summary>What the command line says.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: fleet [options]          a hub and its devices on this machine, with a broker in the hub's process
               fleet hub [options]      the hub alone
               fleet device [options]   a device alone
               fleet central            what training in one place gives
          --devices N        devices among which the data is divided, 1 to 1000 (default 4)
          --rounds N         rounds of learning (default 5)
          --journal DIR      where the hub keeps what it needs to go on (default artifacts/fleet)
          --name N           of a device: which of the devices it is, from 0
          --broker HOST      a broker that is there, such as mosquitto; without it the hub starts one
          --port N           the broker's port (default 1883, or 8883 with --ca)
          --user NAME        for a broker that asks for it; a device is device-N without it
          --password TEXT    for a broker that asks for it
          --ca FILE          speaks TLS, and trusts the certificates in this file (PEM)
        """;

    public Verb Verb { get; init; } = Verb.All;

    public int Devices { get; init; } = 4;

    public int Rounds { get; init; } = 5;

    public string Journal { get; init; } = Path.Combine("artifacts", "fleet");

    public int Name { get; init; }

    public string? Broker { get; init; }

    public int Port { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Authority { get; init; }

    public string DeviceName => User ?? $"device-{Name}";

    /// <exception cref="UsageException">An argument is unknown, or its value is missing or wrong.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, value) = (arguments[i], i + 1 < arguments.Length ? arguments[i + 1] : "");
            if (i == 0 && Enum.TryParse<Verb>(name, ignoreCase: true, out var verb))
            {
                options = options with { Verb = verb };
                continue;
            }

            i++;
            options = name switch
            {
                "--devices" => options with { Devices = Number(1, 1000) },
                "--rounds" => options with { Rounds = Number(1, 100_000) },
                "--name" => options with { Name = Number(0, 999) },
                "--port" => options with { Port = Number(1, 65535) },
                "--journal" when value != "" => options with { Journal = value },
                "--broker" when value != "" => options with { Broker = value },
                "--user" when value != "" => options with { User = value },
                "--password" => options with { Password = value },
                "--ca" when value != "" => options with { Authority = value },
                "--help" => options with { Verb = Verb.Help },
                _ => throw new UsageException($"unknown argument '{name}', or its value is missing."),
            };

            int Number(int least, int most) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new UsageException($"{name} needs a whole number from {least} to {most}, not '{value}'.");
        }

        return options.Name < options.Devices ? options : throw new UsageException($"--name {options.Name} is none of {options.Devices} devices, which are counted from 0.");
    }

    public MqttFleetOptions Mqtt(string? user) => new()
    {
        Fleet = "air", Host = Broker ?? "localhost", Port = Port, User = user, Password = Password,
        UseTls = Authority is not null, TrustedCertificates = Authority, ReconnectDelay = TimeSpan.FromMilliseconds(200),
    };
}
