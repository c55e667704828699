using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>Whether a precision makes anything of a model smaller. Which kernels it does depends on the layers around them.</summary>
internal static class PrecisionCheck
{
    public static DiagnosticInfo? Find(ModelPlan model) =>
        model.Precision == PrecisionKind.Float32 || model.Cells.SelectMany(cell => cell.Stages).Any(IsReduced)
            ? null
            : DiagnosticInfo.Create(
                DiagnosticDescriptors.NothingReduced,
                SourcePlace.OfModel(model.Spec.Type.MetadataName),
                model.Spec.Type.DisplayName,
                model.Precision.ToString());

    private static bool IsReduced(StagePlan stage) => Array.Exists([stage.Input, stage.Recurrent], IsReduced);

    private static bool IsReduced(MapFeed feed) => feed.MapCount > 0 && feed.Precision != PrecisionKind.Float32;
}
