using System.Globalization;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The comment on top of a model's file: its layers, shapes, parameters and bytes.</summary>
internal static class OutlineEmitter
{
    public static void Emit(SourceWriter writer, ModelPlan model)
    {
        writer.Line($"// {model.Spec.Type.DisplayName}");
        writer.Line("//");
        writer.Line(Row("layer", "kind", "output", "parameters", "weights", "state", "record") + (model.Spec.IsGraph ? "  reads" : ""));
        writer.Line(Row("input", "", model.Spec.TakesTokens ? "(T) tokens" : $"(T, {model.InputSize})", "", "", "", ""));
        foreach (var layer in model.Layers)
            writer.Line(Row(
                layer.Name,
                Kind(layer),
                Shape(layer),
                Number(layer.ParameterCount),
                Bytes(layer.WeightLength),
                Bytes(model.StreamLayers.Contains(layer) ? layer.MemoryLength + 2 * layer.Split.RowLength : 0),
                Bytes(model.IsTrainable ? layer.RecordStride : 0)) + (model.Spec.IsGraph ? "  " + Sources(layer) : ""));
        writer.Line("//");
        writer.Line($"// {Number(model.ParameterCount)} parameters, {Bytes(model.WeightLength)} packed in blocks of {BlockSplit.BlockLanes} lanes:");
        foreach (var layer in model.Layers)
            if (layer.WeightOutline is { } outline)
                writer.Line($"//   {layer.Name}: {outline} from {Number(layer.WeightOffset)}");
        writer.Line(model.WholeTape is { } whole
            ? $"// Memory of a prediction from one sequence of T steps: {Bytes(whole.Length)}."
            : $"// Memory of one sequence: {Bytes(model.MemoryLength)}. A batch takes {model.RowsPerChunk} sequences at a time.");
        writer.Line(model.Tape is null
            ? $"// Weights of {model.Precision} are for prediction only."
            : $"// Training n sequences of T steps{(model.HasDecoder ? " and U target steps" : "")}: {Bytes(model.TransposedLength)} of transposed kernels and " +
            $"n·({Bytes(model.Tape.Length)}) of tape.");
        writer.Line();
    }

    private static string Sources(LayerPlan layer) => string.Join(", ", layer.Sources.Select(source => source?.Name ?? ModelSpec.ModelInputName));

    private static string Row(params string[] cells)
    {
        int[] widths = [16, 10, 12, 11, 12, 10, 10];
        var text = cells.Select((cell, i) => i < 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
        return ("//   " + string.Join(" ", text)).TrimEnd();
    }

    /// <summary>What a layer does, as people read it.</summary>
    public static string Kind(LayerPlan layer) => layer.Node switch
    {
        MergeNode merge => merge.Operation.ToString(),
        ReverseNode => "Reverse",
        DropoutNode => "Dropout",
        WindowNode or GatherNode => "Window",
        _ => layer.Spec.Kind.ToString(),
    };

    private static string Shape(LayerPlan layer) => layer.Output.Kind switch
    {
        TimeAxisKind.None => $"({layer.Features})",
        TimeAxisKind.Source => $"(T, {layer.Features})",
        TimeAxisKind.Target => $"(U, {layer.Features})",
        TimeAxisKind.Windows => $"({layer.Output.Windows!.Name}, {layer.Features})",
        _ => $"({layer.Output.Count}, {layer.Features})",
    };

    private static string Bytes(Extent floats) =>
        string.Join(" + ", new[] { (floats.PerStep, "·T"), (floats.PerTargetStep, "·U"), (floats.Fixed, "") }
            .Where(part => part.Item1 > 0).Select(part => Bytes(part.Item1) + part.Item2));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long floats) => Number(floats * sizeof(float)) + " B";
}
