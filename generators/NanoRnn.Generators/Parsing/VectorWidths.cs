using Microsoft.CodeAnalysis.Diagnostics;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>
/// The vector widths, in bits, that a project wants kernels for: its MSBuild property <c>NanoRnnVectorWidths</c>, by default all.
/// Plain floats are always there, so that every processor is served.
/// </summary>
[Flags]
internal enum VectorWidths
{
    None = 0,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
    All = Bits128 | Bits256 | Bits512,
}

/// <summary>Reads <see cref="VectorWidths"/> from the project.</summary>
internal static class VectorWidthsParser
{
    private const string Property = "build_property.NanoRnnVectorWidths";

    public static VectorWidths Parse(AnalyzerConfigOptionsProvider options)
    {
        var widths = Words(options).Select(Parse).Aggregate(VectorWidths.None, (all, width) => all | width);
        return widths == VectorWidths.None ? VectorWidths.All : widths;
    }

    /// <summary>A diagnostic for a word that is no width.</summary>
    public static DiagnosticInfo? FindMistake(AnalyzerConfigOptionsProvider options) =>
        Words(options).FirstOrDefault(word => Parse(word) == VectorWidths.None) is { } word
            ? DiagnosticInfo.Create(DiagnosticDescriptors.UnknownVectorWidth, Microsoft.CodeAnalysis.Location.None, word)
            : null;

    private static string[] Words(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(Property, out var value)
            ? value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            : [];

    private static VectorWidths Parse(string word) => word switch
    {
        "128" => VectorWidths.Bits128,
        "256" => VectorWidths.Bits256,
        "512" => VectorWidths.Bits512,
        _ => VectorWidths.None,
    };
}
