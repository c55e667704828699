using System.Globalization;
using System.Reflection;

namespace NanoRnn.Aot.Tests;

/// <summary>Files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Months that the shipped weights were trained on, the first four fifths.</summary>
    public const int TrainingMonths = 2256;

    private static readonly string Root =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    /// <summary>The monthly sunspot numbers, one a line.</summary>
    public static string[] Sunspots { get; } =
        [.. File.ReadLines(PathOf("samples/Forecasting/data/monthly-sunspots.csv")).Skip(1).Select(line => line.Split(',')[1])];

    public static string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>Lines as a program reads or writes them.</summary>
    public static string Lines(params IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>The numbers of some lines.</summary>
    public static float[] Numbers(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
}
