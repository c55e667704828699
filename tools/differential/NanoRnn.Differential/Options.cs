using System.Globalization;

namespace NanoRnn.Differential;

/// <summary>What the command line says.</summary>
/// <param name="Seed">Seed of everything; by default one that the clock gives.</param>
/// <param name="Limit">How long to go on; by default until the process is ended.</param>
internal sealed record Options(ulong Seed, TimeSpan Limit)
{
    /// <summary>Reads <c>--seed N</c> and <c>--seconds N</c>.</summary>
    /// <exception cref="FormatException">There is something else.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options((ulong)DateTime.UtcNow.Ticks, Timeout.InfiniteTimeSpan);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? ulong.Parse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture) : throw new FormatException($"{arguments[i]} has no number.");
            options = arguments[i] switch
            {
                "--seed" => options with { Seed = value },
                "--seconds" => options with { Limit = TimeSpan.FromSeconds(value) },
                _ => throw new FormatException($"There is no option {arguments[i]}."),
            };
        }

        return options;
    }

    /// <summary>Whether to go on.</summary>
    public bool GoesOn(TimeSpan elapsed) => Limit == Timeout.InfiniteTimeSpan || elapsed < Limit;
}
