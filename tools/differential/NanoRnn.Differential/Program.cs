using System.Diagnostics;
using System.Globalization;
using NanoRnn.Differential;
using NanoRnn.Differential.Files;
using NanoRnn.Differential.Grammar;
using NanoRnn.Differential.Running;

switch (args)
{
    case ["models", .. var rest]:
        return ModelSearch.Run(Options.Parse(rest));
    case ["files", .. var rest]:
        return SearchFiles(Options.Parse(rest));
    case [Worker.Command, var assembly, .. var cases]:
        Worker.Run(assembly, cases);
        return 0;
    default:
        Console.Error.WriteLine("models [--seed N] [--seconds N]   compares random models with each other and with the reference");
        Console.Error.WriteLine("files  [--seed N] [--seconds N]   loads damaged model files beside another reader");
        return 2;
}

static int SearchFiles(Options options)
{
    const int MaxFailures = 5;
    Console.WriteLine($"files --seed {options.Seed}");
    var (dice, fuzzer, clock) = (new Dice(options.Seed), new FileFuzzer(), Stopwatch.StartNew());
    var (count, failures) = (0L, 0);
    for (; options.GoesOn(clock.Elapsed) && failures < MaxFailures; count++)
    {
        var seed = dice.NextSeed();
        if (fuzzer.Find(seed, out var file) is not { } message)
            continue;
        failures++;
        var path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{seed}.safetensors"));
        File.WriteAllBytes(path, file);
        Console.WriteLine($"case {seed}: {message}\n  {path}");
    }

    Console.WriteLine($"{count} files, {fuzzer.Accepted} of them taken, {failures} failures");
    return failures > 0 ? 1 : 0;
}
