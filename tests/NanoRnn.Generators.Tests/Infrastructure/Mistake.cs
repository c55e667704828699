using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NanoRnn.Generators.Tests.Infrastructure;

/// <summary>What the generator said: an id, the source text it underlines, and the message.</summary>
internal sealed record Mistake(string Id, string Underlined, string Message)
{
    private const string Prefix = "using NanoRnn;\n";

    /// <summary>
    /// All that the generator reports, in source order, once it is sure that nothing was generated and that the compiler adds
    /// no errors of its own to it.
    /// </summary>
    public static IReadOnlyList<Mistake> In(params string[] sources)
    {
        var generation = Generation.Of([.. sources.Select(source => Prefix + source)]);
        Assert.Empty(generation.Files);
        Assert.Empty(generation.CompilerDiagnostics());
        return Of(generation);
    }

    public static IReadOnlyList<Mistake> Of(Generation generation) =>
    [
        .. generation.Diagnostics
            .Where(diagnostic => !diagnostic.IsSuppressed)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .Select(diagnostic => new Mistake(diagnostic.Id, Text(diagnostic.Location), diagnostic.GetMessage(CultureInfo.InvariantCulture))),
    ];

    private static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
}
