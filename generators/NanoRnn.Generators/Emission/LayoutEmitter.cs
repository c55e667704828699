using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The network's description for the runtime: sizes, tensors, summary.</summary>
internal sealed class LayoutEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Library = "global::" + TypeEmitter.Library;

    public void Emit()
    {
        writer.Summary("What the runtime knows of the network.");
        using (writer.Block("private static class Description"))
        {
            writer.Line($"internal static readonly {Library}.ModelLayout Layout = new()");
            writer.Line("{");
            Property("ModelName", Quote(model.Spec.Type.DisplayName));
            Property("InputSize", model.InputSize.ToString());
            Property("OutputSize", model.OutputSize.ToString());
            Property("ReturnsSequences", model.ReturnsSequences ? "true" : "false");
            var activation = model.Last.IsRecurrent ? ActivationKind.Linear : model.Last.Spec.Activation;
            Property("OutputActivation", $"global::NanoRnn.Activation.{activation}");
            Property("WeightLength", model.WeightLength.ToString());
            Property("TransposedLength", model.TransposedLength.ToString());
            Property("GradientPieces", model.Pieces.ToString());
            writer.Line("    Tensors =");
            writer.Line("    [");
            foreach (var layer in model.Layers)
                foreach (var tensor in layer.Cell.Tensors)
                    EmitTensor(layer, tensor);
            writer.Line("    ],");
            writer.Line($"    Summary = new global::NanoRnn.ModelSummary({Quote(model.Spec.Type.DisplayName)},");
            writer.Line("    [");
            foreach (var layer in model.Layers)
                EmitSummary(layer);
            writer.Line("    ]),");
            writer.Line("};");
        }
    }

    private void Property(string name, string value) => writer.Line($"    {name} = {value},");

    private void EmitTensor(LayerPlan layer, CellTensor tensor)
    {
        var gates = tensor.GateRows[0];
        var (rows, columns) = (layer.Rows(tensor), gates.Count * layer.Units);
        var shape = tensor.Role == TensorRole.Bias && rows == 1 ? $"[{columns}]" : $"[{rows}, {columns}]";
        var (suffix, initializer) = tensor.Role switch
        {
            TensorRole.Kernel => ("kernel", "GlorotUniform"),
            TensorRole.RecurrentKernel => ("recurrent_kernel", "Orthogonal"),
            _ when layer.Spec.Kind == LayerKind.Lstm && layer.Spec.UnitForgetBias => ("bias", "UnitForgetBias"),
            _ => ("bias", "Zeros"),
        };
        var common = $"Name = {Quote($"{layer.Spec.Name}.{suffix}")}, Shape = {shape}, Initializer = {Library}.TensorInitializer.{initializer}";
        if (layer.UsesDotProducts)
        {
            var (offset, rowStride, columnStride) =
                tensor.Role == TensorRole.Bias ? (layer.DotBiasOffset, 0, 1) : (0, 1, layer.InputStride);
            writer.Line(
                $"        new {Library}.StridedTensorLayout {{ {common}, Offset = {layer.WeightOffset + offset}, RowStride = {rowStride}, ColumnStride = {columnStride} }},");
            return;
        }

        var slots = string.Join(", ", gates.Select(gate => Slot(layer, tensor, gate, 0)));
        var strides = string.Join(
            ", ", Enumerable.Range(0, gates.Count).Select(gate => rows == 1
                ? 0
                : Slot(layer, tensor, tensor.GateRows[tensor.Role == TensorRole.Bias ? 1 : 0][gate], 1) - Slot(layer, tensor, gates[gate], 0)));
        writer.Line(
            $"        new {Library}.BlockedTensorLayout {{ {common}, Offset = {layer.WeightOffset}, Units = {layer.Units}, " +
            $"SlotsPerBlock = {layer.SlotsPerBlock}, GateSlots = [{slots}], RowStrides = [{strides}] }},");
    }

    /// <summary>The slot of a gate in a row of a tensor.</summary>
    private static int Slot(LayerPlan layer, CellTensor tensor, AffineMap gate, int row)
    {
        var stage = layer.Stages.Single(candidate => candidate.Maps.Contains(gate));
        var index = stage.Maps.TakeWhile(map => map != gate).Count();
        if (tensor.Role == TensorRole.Bias)
            return stage.BiasSlot(index, Math.Min(row, gate.BiasCount - 1));
        var feed = tensor.Role == TensorRole.Kernel ? stage.Input : stage.Recurrent;
        return feed.Slot + row * feed.MapCount + index - feed.FirstMap;
    }

    private void EmitSummary(LayerPlan layer)
    {
        var shape = layer.OutputIsSequence ? $"(None, None, {layer.Units})" : $"(None, {layer.Units})";
        var tape = layer.RecordStride + layer.OutputTapes.Sum(section => section.PerStep + section.Fixed) / (layer.IsRecurrent ? 2 : 1);
        writer.Line(
            $"        new({Quote(layer.Spec.Name)}, {Quote(layer.Spec.Kind.ToString())}, {Quote(shape)}, {layer.ParameterCount}, " +
            $"{layer.WeightLength * sizeof(float)}, {(layer.MemoryLength + 2 * layer.Split.RowLength) * sizeof(float)}, {tape * sizeof(float)}),");
    }

    private static string Quote(string text) => "\"" + text + "\"";
}
