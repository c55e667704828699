using System.Collections.Immutable;
using System.Diagnostics;
using NanoRnn.Differential.Compilation;
using NanoRnn.Differential.Grammar;
using NanoRnn.Differential.Running;

namespace NanoRnn.Differential;

/// <summary>Writes random models, runs them, and makes those that fail smaller.</summary>
internal static class ModelSearch
{
    private const int BatchSize = 10;
    private const int MaxFailures = 5;

    /// <summary>Compiling is what takes longest, so that a batch has the kernels of one width, and plain floats to compare them with.</summary>
    private static readonly string[] Widths = ["512", "256", "128"];

    /// <summary>What may be taken from the processor, so that the library's own code takes other paths.</summary>
    private static readonly string[] Variables = ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    /// <summary>Searches as long as the options say; 1 if it finds something.</summary>
    public static int Run(Options options)
    {
        Console.WriteLine($"models --seed {options.Seed}");
        var (dice, clock) = (new Dice(options.Seed), Stopwatch.StartNew());
        var (count, found) = (0, new List<string>());
        while (options.GoesOn(clock.Elapsed) && found.Count < MaxFailures)
        {
            var models = count == 0
                ? ModelGrammar.WriteFunctions(dice.NextSeed())
                : [.. Enumerable.Range(0, BatchSize).Select(_ => ModelGrammar.Write(dice.NextSeed()))];
            count += models.Length;
            var widths = dice.Pick<string>(Widths);
            foreach (var failure in FindFailures(models, widths).DistinctBy(failure => failure.Model))
                found.Add(Report(models[failure.Model], failure, widths));
        }

        Console.WriteLine($"{count} models, {found.Count} failures");
        return found.Count > 0 ? 1 : 0;
    }

    /// <summary>All that is wrong with some models.</summary>
    public static List<CaseFailure> FindFailures(ImmutableArray<ModelTerm> models, string widths)
    {
        var compiled = ModelCompiler.Compile(models, widths);
        var failures = compiled.Failures.ToList();
        if (compiled.Assembly is null)
            return failures;
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, compiled.Assembly);
            var cases = models.Select((model, index) => (index, model.DataSeed)).Where(item => failures.All(failure => failure.Model != item.index)).ToArray();
            var results = Variables.Prepend(null).AsParallel().AsOrdered().Select(variable => Worker.Start(path, cases, variable)).ToArray();
            failures.AddRange(results.SelectMany(result => result.Failures));
            foreach (var (index, digest) in results[0].Digests)
                for (var i = 0; i < Variables.Length; i++)
                    if (results[i + 1].Digests.TryGetValue(index, out var other) && other != digest)
                        failures.Add(new(index, "Environment", $"Other bits with {Variables[i]}=0."));
        }
        finally
        {
            File.Delete(path);
        }

        return failures;
    }

    /// <summary>Prints the smallest model that fails the same check, as source.</summary>
    private static string Report(ModelTerm model, CaseFailure failure, string widths)
    {
        Console.WriteLine($"failed: {failure.Check}: {failure.Message}\n{model.ToSource("Found")}");
        (model, failure) = Shrinker.Shrink(model, failure, widths);
        var report = $"smallest: {failure.Check}: {failure.Message}\n// data seed {model.DataSeed}\n{model.ToSource("Smallest")}";
        Console.WriteLine(report);
        return report;
    }
}
