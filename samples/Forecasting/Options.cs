using System.Globalization;

namespace Forecasting;

/// <summary>What the command line says.</summary>
public sealed record Options
{
    private const int MaxEpochs = 10_000;

    public const string Usage = """
        Usage: dotnet run -c Release --project samples/Forecasting -- [options]
          --seed N       seed of the weights and of the order of the samples (default 0)
          --epochs N     how often to go through the training part, 1 to 10000 (default 30)
          --output DIR   folder for the model and the plots (default artifacts/forecasting)
          --help         this text
        """;

    public int Seed { get; init; }

    public int Epochs { get; init; } = 30;

    public string Output { get; init; } = Path.Combine("artifacts", "forecasting");

    public bool Help { get; init; }

    /// <exception cref="UsageException">An option is unknown, or its value is missing or wrong.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        var options = new Options();
        using var rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            var name = rest.Current;
            options = name switch
            {
                "--seed" => options with { Seed = NextInteger(int.MinValue, int.MaxValue) },
                "--epochs" => options with { Epochs = NextInteger(1, MaxEpochs) },
                "--output" => options with { Output = Next() },
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

        return options;
    }
}

/// <summary>The command line is wrong; the message says how.</summary>
public sealed class UsageException(string message) : Exception(message);
