using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing.Weights;

/// <summary>A model and the file of its weights, or why there is none.</summary>
/// <param name="Model">The model.</param>
/// <param name="File">The file that its attribute names; null if it names no file, or several.</param>
/// <param name="Mistake">What to report.</param>
internal sealed record WeightsRequest(ModelSpec Model, WeightsFile? File, DiagnosticInfo? Mistake)
{
    /// <summary>Looks for the file whose path ends with what the model's attribute says, folder by folder.</summary>
    public static WeightsRequest Of(ModelSpec model, ImmutableArray<WeightsFile> files)
    {
        var wanted = model.Options.Weights!;
        var matches = files.Distinct().Where(file => file.IsAt(wanted)).ToArray();
        return matches.Length switch
        {
            1 => new(model, matches[0], null),
            0 => Missing(model, $"expected '{wanted}' among the project's AdditionalFiles, found {Names(files)}"),
            _ => Missing(model, $"'{wanted}' fits several of the project's AdditionalFiles: {Join(matches.Select(file => file.Path))}; give more of the path"),
        };
    }

    private static WeightsRequest Missing(ModelSpec model, string reason) => new(
        model,
        null,
        DiagnosticInfo.Create(
            DiagnosticDescriptors.WeightsNotFound, SourcePlace.OfModel(model.Type.MetadataName), model.Type.DisplayName, reason));

    private static string Names(ImmutableArray<WeightsFile> files) => files.IsEmpty
        ? "no .safetensors file there"
        : Join(files.Select(file => file.Name).Distinct());

    private static string Join(IEnumerable<string> paths) => string.Join(", ", paths.OrderBy(path => path, StringComparer.Ordinal).Select(path => $"'{path}'"));
}
