namespace Edge;

/// <summary>What the command line says.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: edge [--weights FILE] [--statistics]   reads a number a line, writes a forecast of the next one for each
               edge learn --weights FILE              learns from the numbers it reads and saves the weights
               edge live --weights FILE               forecasts and learns at once, and goes back to good weights
               edge train --weights FILE              trains new weights on the numbers it reads
          --weights FILE   learnt weights; without the file those in the program
          --statistics     tells at the end what was allocated, before and after the first forecast
        """;

    public Verb Verb { get; init; }

    public string? Weights { get; init; }

    public bool Statistics { get; init; }

    /// <exception cref="UsageException">An argument is unknown or missing.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "learn" when i == 0 => options with { Verb = Verb.Learn },
                "live" when i == 0 => options with { Verb = Verb.Live },
                "train" when i == 0 => options with { Verb = Verb.Train },
                "--weights" when i + 1 < arguments.Length && arguments[i + 1].Length > 0 => options with { Weights = arguments[++i] },
                "--weights" => throw new UsageException("--weights needs a file."),
                "--statistics" when options.Verb == Verb.Predict => options with { Statistics = true },
                "--help" => options with { Verb = Verb.Help },
                var argument => throw new UsageException($"unknown argument '{argument}'."),
            };
        }

        if (options is { Verb: Verb.Learn or Verb.Live or Verb.Train, Weights: null })
            throw new UsageException($"{arguments[0]} needs --weights and the file to save to.");
        return options;
    }
}
