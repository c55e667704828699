using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoRnn.Aot.Tests;

/// <summary>
/// Sizes and what is allocated at start, beside those that were committed: neither growth nor shrinkage goes by unnoticed. Times are not
/// tested; docs/edge.md has them.
/// </summary>
[Collection(NativeGroup.Name)]
public sealed class BaselineTests(NativePrograms programs)
{
    /// <summary>What another patch of the compiler or another linker may change.</summary>
    private const double Tolerance = 0.02;

    private const string File = "tests/NanoRnn.Aot.Tests/baselines.txt";
    private const string Renewal = "NANORNN_RENEW_BASELINES";

    private const long SizeLimit = 1_500_000;

    /// <summary>Of code for every x64 processor, in which multiply-adds are calls.</summary>
    private const long BaselineSizeLimit = 1_600_000;

    [SlowFact]
    public void BinariesAreSmall() =>
        Assert.All(
            programs.Edge.Append(programs.Inference),
            program => Assert.InRange(program.Bytes, 1, program.Cpu == "baseline" ? BaselineSizeLimit : SizeLimit));

    [SlowFact]
    public async Task FiguresAreThoseOfTheBaseline()
    {
        var found = new List<(string Name, long Value)>();
        foreach (var program in programs.Edge.Append(programs.Inference))
            found.Add(($"{program.Program.Name} bytes", program.Bytes));
        foreach (var program in programs.Runnable.Append(programs.Inference))
            found.Add(($"{program.Program.Name} allocated-at-start", await AllocatedAtStartAsync(program.Program)));

        var path = Repository.PathOf(File);
        if (Environment.GetEnvironmentVariable(Renewal) == "1")
            System.IO.File.WriteAllText(path, Repository.Lines(found.Select(figure => $"{figure.Name} {figure.Value.ToString(CultureInfo.InvariantCulture)}")));
        var expected = System.IO.File.ReadLines(path).Select(line => line.Split(' '))
            .ToDictionary(words => $"{words[0]} {words[1]}", words => long.Parse(words[2], CultureInfo.InvariantCulture));
        Assert.All(found, figure => Assert.True(
            expected.TryGetValue(figure.Name, out var baseline) && Math.Abs(figure.Value - baseline) <= baseline * Tolerance,
            $"{figure.Name}: {figure.Value}, in {File} {baseline}. Find out why (IlcGenerateMapFile=true lists what is in a binary); " +
            $"if it is right, run these tests with {Renewal}=1 and commit the file."));
    }

    /// <summary>Bytes of managed memory up to the first forecast: the same in every run, unlike the time.</summary>
    private static async Task<long> AllocatedAtStartAsync(EdgeProgram program)
    {
        var errors = (await program.RunAsync("58\n", "--statistics")).Succeed().Errors;
        return long.Parse(Regex.Match(errors, @"^edge: (\d+) bytes allocated up to the first of 1 values").Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
