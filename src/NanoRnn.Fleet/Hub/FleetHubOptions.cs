namespace NanoRnn.Fleet;

/// <summary>How a hub runs its rounds.</summary>
public sealed record FleetHubOptions
{
    private const int NameLimit = 64;

    /// <summary>Rounds, those included that merged nothing. At least 1.</summary>
    public required int Rounds { get; init => field = AtLeast(value, 1, nameof(Rounds)); }

    /// <summary>Devices that are asked in a round, at random; all if there are no more. At least 1; the hub has memory for so many updates.</summary>
    public required int SampleSize { get; init => field = AtLeast(value, 1, nameof(SampleSize)); }

    /// <summary>Updates without which a round leaves the weights as they are. At least 1; default 1.</summary>
    public int MinUpdates { get; init => field = AtLeast(value, 1, nameof(MinUpdates)); } = 1;

    /// <summary>Devices that must be there for a round to begin. At least 1; default 1.</summary>
    public int MinDevices { get; init => field = AtLeast(value, 1, nameof(MinDevices)); } = 1;

    /// <summary>Devices that the hub remembers at most. Default 100,000.</summary>
    public int MaxDevices { get; init => field = AtLeast(value, 1, nameof(MaxDevices)); } = 100_000;

    /// <summary>How long a round waits for updates. Above 0; default a minute.</summary>
    public TimeSpan RoundTime { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(RoundTime), value, "Expected a time above 0."); } = TimeSpan.FromMinutes(1);

    /// <summary>The least time from the start of a round to that of the next. Default 0.</summary>
    public TimeSpan Interval { get; init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Interval), value, "Expected a time of 0 or more."); }

    /// <summary>How updates are merged. Default <see cref="Aggregation.FederatedAverage"/>.</summary>
    public Aggregation Aggregation { get; init; } = Aggregation.FederatedAverage;

    /// <summary>
    /// FedProx's μ (Li et al. 2020), which devices apply: it holds their weights near those of the round. Finite and not negative; default 0,
    /// which is FedAvg.
    /// </summary>
    public float ProximalTerm { get; init => field = float.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(ProximalTerm), value, "Expected a finite number, not negative."); }

    /// <summary>The Euclidean norm that an update may have. Above 0; default 10.</summary>
    public double MaxUpdateNorm { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxUpdateNorm), value, "Expected a number above 0."); } = 10;

    /// <summary>Samples that an update may say it comes from: what bounds its weight in an average. At least 1; default 1,000,000.</summary>
    public int MaxSamples { get; init => field = AtLeast(value, 1, nameof(MaxSamples)); } = 1_000_000;

    /// <summary>Of the choice of devices.</summary>
    public int Seed { get; init; }

    /// <summary>Whether a name is one that a device may have: 1 to 64 letters, digits, hyphens, points and underscores of ASCII.</summary>
    internal static bool IsName(string name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.'))
                return false;
        }

        return name.Length is >= 1 and <= NameLimit;
    }

    private static int AtLeast(int value, int least, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"Expected at least {least}.");
}
