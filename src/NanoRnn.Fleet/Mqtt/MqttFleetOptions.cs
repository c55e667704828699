namespace NanoRnn.Fleet;

/// <summary>Where the broker is, and who is asking.</summary>
/// <remarks>
/// A device called d reads <c>fleet/to/d</c> and <c>fleet/all</c> and writes <c>fleet/from/d</c>; the hub reads <c>fleet/from/+</c> and writes the others.
/// It is the broker's rules that hold devices to their own topics: without them a device can speak as another.
/// </remarks>
public sealed record MqttFleetOptions
{
    /// <summary>The first part of all topics. Letters, digits, hyphens, points and underscores.</summary>
    public required string Fleet
    {
        get;
        init => field = FleetHubOptions.IsName(value) ? value : throw new ArgumentException($"Expected 1 to 64 letters, digits, hyphens, points and underscores, found '{value}'.", nameof(Fleet));
    }

    /// <summary>The broker's name or address. Default localhost.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Its port. Default 0: 1883, or 8883 with TLS.</summary>
    public int Port { get; init; }

    /// <summary>A device's name, and what the broker knows it by; a hub's is hub by default.</summary>
    public string? User { get; init; }

    /// <summary>The password; null for a broker that asks for none.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the connection is encrypted, and the broker's certificate checked. Default false.</summary>
    public bool UseTls { get; init; }

    /// <summary>A file with the certificates to trust, in PEM; null for those that the system trusts.</summary>
    public string? TrustedCertificates { get; init; }

    /// <summary>How long to wait before connecting again. Default a second.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    internal int PortOrDefault => Port > 0 ? Port : UseTls ? 8883 : 1883;

    internal string All => $"{Fleet}/all";

    internal string FromAny => $"{Fleet}/from/+";

    internal string To(string device) => $"{Fleet}/to/{device}";

    internal string From(string device) => $"{Fleet}/from/{device}";

    /// <summary>Whose message it is.</summary>
    internal string DeviceOf(string topic) => topic[From("").Length..];
}
