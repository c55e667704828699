using System.Globalization;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The comment on top of a model's file: its layers, shapes, parameters and bytes.</summary>
internal static class OutlineEmitter
{
    public static void Emit(SourceWriter writer, ModelPlan model)
    {
        writer.Line($"// {model.Spec.Type.DisplayName}");
        writer.Line("//");
        writer.Line(Row("layer", "kind", "output", "parameters", "weights", "state", "record"));
        writer.Line(Row("input", "", Shape(model.InputSize, true), "", "", "", ""));
        foreach (var layer in model.Layers)
            writer.Line(Row(
                layer.Spec.Name,
                layer.Spec.Kind.ToString(),
                Shape(layer.Units, layer.OutputIsSequence),
                Number(layer.ParameterCount),
                Bytes(layer.WeightLength),
                Bytes(layer.MemoryLength + 2 * layer.Split.RowLength),
                Bytes(layer.RecordStride)));
        writer.Line("//");
        writer.Line($"// {Number(model.ParameterCount)} parameters, {Bytes(model.WeightLength)} packed in blocks of {BlockSplit.BlockLanes} lanes:");
        foreach (var layer in model.Layers)
            writer.Line($"//   {layer.Spec.Name}: {Layout(layer)} from {Number(layer.WeightOffset)}");
        writer.Line($"// Memory of one sequence: {Bytes(model.MemoryLength)}. A batch takes {model.RowsPerChunk} sequences at a time.");
        writer.Line(
            $"// Training n sequences of T steps: {Bytes(model.TransposedLength)} of transposed kernels and " +
            $"n·({Bytes(model.Tape.PerStep)}·T + {Bytes(model.Tape.Fixed)}) of tape.");
        writer.Line();
    }

    private static string Row(params string[] cells)
    {
        int[] widths = [16, 10, 12, 11, 12, 10, 10];
        var text = cells.Select((cell, i) => i < 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
        return ("//   " + string.Join(" ", text)).TrimEnd();
    }

    private static string Layout(LayerPlan layer)
    {
        if (layer.UsesDotProducts)
            return $"[{layer.Units} units][{layer.InputStride} inputs], then bias,";
        var split = layer.Split;
        var blocks = split.FullBlocks > 0 ? $"{split.FullBlocks} × {BlockSplit.BlockLanes}" : "";
        if (split.TailLanes > 0)
            blocks += (blocks.Length > 0 ? " + " : "") + split.TailLanes;
        return $"{blocks} lanes × {layer.SlotsPerBlock} slots (biases, {layer.Inputs} kernel rows{(layer.IsRecurrent ? $", {layer.Units} recurrent rows" : "")})";
    }

    private static string Shape(int features, bool isSequence) => isSequence ? $"(T, {features})" : $"({features})";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(int floats) => Number(floats * sizeof(float)) + " B";
}
