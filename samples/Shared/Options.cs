using System.Globalization;

namespace Samples;

/// <summary>What the command line of a sample says, or what holds if it says nothing.</summary>
internal sealed record Options
{
    private const int MaxEpochs = 10_000;

    public int Seed { get; init; }

    public required int Epochs { get; init; }

    /// <summary>The folder for what the sample writes; null for one that writes nothing.</summary>
    public string? Output { get; init; }

    /// <summary>What stands on the command line besides options; null for a sample that takes nothing of the kind.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    public bool Help { get; init; }

    /// <param name="arguments">The command line.</param>
    /// <exception cref="UsageException">An option is unknown, or its value is missing or wrong.</exception>
    public Options Parse(IEnumerable<string> arguments)
    {
        var (options, texts) = (this, new List<string>());
        using var rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            var name = rest.Current;
            if (Texts is not null && !name.StartsWith("--", StringComparison.Ordinal))
            {
                texts.Add(name);
                continue;
            }

            options = name switch
            {
                "--seed" => options with { Seed = NextInteger(int.MinValue, int.MaxValue) },
                "--epochs" => options with { Epochs = NextInteger(1, MaxEpochs) },
                "--output" when Output is not null => options with { Output = Next() },
                "--help" => options with { Help = true },
                _ => throw new UsageException($"Unknown argument '{name}'."),
            };

            string Next() => rest.MoveNext() && rest.Current.Length > 0
                ? rest.Current
                : throw new UsageException($"{name} needs a value.");

            int NextInteger(int minimum, int maximum)
            {
                var text = Next();
                return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                    && value >= minimum && value <= maximum
                    ? value
                    : throw new UsageException($"{name} needs a whole number from {minimum} to {maximum}, not '{text}'.");
            }
        }

        return texts.Count > 0 ? options with { Texts = texts } : options;
    }

    /// <summary>How to call the sample, with these options as those that hold if the command line says nothing.</summary>
    /// <param name="project">The project's folder in samples.</param>
    public string Describe(string project)
    {
        var output = Output is null ? "" : $"  --output DIR   folder for what it writes (default {Output}){Environment.NewLine}";
        return $"""
            Usage: dotnet run -c Release --project samples/{project} -- [options]{(Texts is null ? "" : " [texts]")}
              --seed N       seed of the weights and of the order of the samples (default {Seed})
              --epochs N     how often to go through the training part, 1 to {MaxEpochs} (default {Epochs})
            {output}  --help         this text
            """;
    }
}
