using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The network's description for the runtime: sizes, tensors, summary.</summary>
internal sealed class LayoutEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Library = ModelEmitter.Library;

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
            Property("ReturnsSequences", Flag(model.ReturnsSequences));
            var activation = model.Last is CellPlan { IsRecurrent: false } last ? last.Spec.Activation : ActivationKind.Linear;
            Property("OutputActivation", $"global::NanoRnn.Activation.{activation}");
            Property("WeightLength", model.WeightLength.ToString());
            Property("TransposedLength", model.TransposedLength.ToString());
            Property("GradientPieces", model.Pieces.ToString());
            EmitOptions();
            writer.Line("    Tensors =");
            writer.Line("    [");
            foreach (var layer in model.Layers)
                EmitTensors(layer);
            writer.Line("    ],");
            writer.Line($"    Summary = new global::NanoRnn.ModelSummary({Quote(model.Spec.Type.DisplayName)},");
            writer.Line("    [");
            foreach (var layer in model.Spec.Layers)
                EmitSummary(layer);
            writer.Line("    ]),");
            writer.Line("};");
        }
    }

    private void Property(string name, string value) => writer.Line($"    {name} = {value},");

    /// <summary>What most models do not have.</summary>
    private void EmitOptions()
    {
        Property("StateLength", model.StateLength.ToString());
        Property("IsStreamable", Flag(model.IsStreamable));
        if (model.Layers.Any(layer => layer.Node is ReverseNode))
            Property("ReversesTime", "true");
        if (model.Last.Output.Kind == TimeAxisKind.Fixed)
            Property("OutputSteps", model.Last.Output.Count.ToString());
        if (model.Spec.TakesTokens)
            Property("Vocabulary", model.Spec.Layers[0].Vocabulary.ToString());
        if (model.Spec.Masks)
            Property("MaskValue", model.Spec.TakesTokens ? "0" : Dialect.Literal(model.Spec.Layers[0].MaskValue));
        if (!model.HasDecoder)
            return;
        var decoder = model.Spec.Layers.Single(layer => layer.Kind == LayerKind.Decoder);
        writer.Line(
            $"    Decoder = new {Library}.DecoderLayout {{ StartToken = {decoder.StartToken}, EndToken = {decoder.EndToken}, " +
            $"MasksZero = {Flag(model.StreamLayers[0].Spec.MaskZero)}, MemoryLength = {model.MemoryLength} }},");
    }

    private void EmitTensors(LayerPlan layer)
    {
        switch (layer)
        {
            case CellPlan cell:
                foreach (var tensor in cell.Cell.Tensors)
                    EmitTensor(cell, tensor);
                break;
            case EmbeddingPlan embedding:
                EmitStrided($"{layer.Name}.embeddings", $"[{embedding.Vocabulary}, {layer.Features}]", InitializerKind.RandomUniform, layer.WeightOffset, layer.Split.RowLength);
                break;
            case NormalizationPlan:
                EmitStrided($"{layer.Name}.gamma", $"[{layer.Features}]", InitializerKind.Ones, layer.WeightOffset, 0);
                EmitStrided($"{layer.Name}.beta", $"[{layer.Features}]", InitializerKind.Zeros, layer.WeightOffset + layer.Split.RowLength, 0);
                break;
        }
    }

    private void EmitStrided(string name, string shape, InitializerKind initializer, int offset, int rowStride, int columnStride = 1, string options = "") => writer.Line(
        $"        new {Library}.StridedTensorLayout {{ {Common(name, shape, initializer)}{options}, Offset = {offset}, RowStride = {rowStride}, ColumnStride = {columnStride} }},");

    private static string Common(string name, string shape, InitializerKind initializer) =>
        $"Name = {Quote(name)}, Shape = {shape}, Initializer = global::NanoRnn.Initializer.{initializer}";

    private void EmitTensor(CellPlan layer, CellTensor tensor)
    {
        var gates = tensor.GateRows[0];
        var (rows, columns) = (layer.Rows(tensor), gates.Count * layer.Units);
        var shape = tensor.Role is TensorRole.Bias or TensorRole.Weight && rows == 1 ? $"[{columns}]" : $"[{rows}, {columns}]";
        var (suffix, spec) = tensor.Role switch
        {
            TensorRole.Kernel => ("kernel", layer.Spec.Weights.Kernel),
            TensorRole.RecurrentKernel => ("recurrent_kernel", layer.Spec.Weights.Recurrent),
            TensorRole.Weight => (tensor.Name, WeightsSpec.Default.Bias),
            _ => ("bias", layer.Spec.Weights.Bias),
        };
        var options = tensor.Role == TensorRole.Bias && layer.Spec is { Kind: LayerKind.Lstm, UnitForgetBias: true } ? ", UnitForgetBias = true" : "";
        options += Penalty("L1", spec.L1) + Penalty("L2", spec.L2);
        if (layer.UsesDotProducts)
        {
            var (offset, rowStride, columnStride) =
                tensor.Role == TensorRole.Bias ? (layer.DotBiasOffset, 0, 1) : (0, 1, layer.InputStride);
            EmitStrided($"{layer.Name}.{suffix}", shape, spec.Initializer, layer.WeightOffset + offset, rowStride, columnStride, options);
            return;
        }

        var slots = string.Join(", ", gates.Select(gate => Slot(layer, tensor, gate, 0)));
        var strides = string.Join(
            ", ", Enumerable.Range(0, gates.Count).Select(gate => rows == 1
                ? 0
                : Slot(layer, tensor, tensor.GateRows[tensor.Role == TensorRole.Bias ? 1 : 0][gate], 1) - Slot(layer, tensor, gates[gate], 0)));
        writer.Line(
            $"        new {Library}.BlockedTensorLayout {{ {Common($"{layer.Name}.{suffix}", shape, spec.Initializer)}{options}, Offset = {layer.WeightOffset}, " +
            $"Units = {layer.Units}, SlotsPerBlock = {layer.SlotsPerBlock}, GateSlots = [{slots}], RowStrides = [{strides}] }},");
    }

    private static string Penalty(string name, float factor) => factor == 0 ? "" : $", {name} = {Dialect.Literal(factor)}";

    /// <summary>The slot of a gate in a row of a tensor.</summary>
    private static int Slot(CellPlan layer, CellTensor tensor, AffineMap gate, int row)
    {
        var stage = layer.Stages.Single(candidate => candidate.Maps.Contains(gate));
        var index = stage.Maps.TakeWhile(map => map != gate).Count();
        if (tensor.Role is TensorRole.Bias or TensorRole.Weight)
            return stage.BiasSlot(index, Math.Min(row, gate.BiasCount - 1));
        var feed = tensor.Role == TensorRole.Kernel ? stage.Input : stage.Recurrent;
        return feed.Slot + row * feed.MapCount + index - feed.FirstMap;
    }

    /// <summary>The row of an attribute's layer: what it is made of, together.</summary>
    private void EmitSummary(LayerSpec spec)
    {
        var layers = model.Layers.Where(layer => layer.Spec.Name == spec.Name).ToArray();
        if (layers.Length == 0)
            return;
        var last = layers[layers.Length - 1];
        var shape = last.Output.Kind switch
        {
            TimeAxisKind.None => $"(None, {last.Features})",
            TimeAxisKind.Fixed => $"(None, {last.Output.Count}, {last.Features})",
            _ => $"(None, None, {last.Features})",
        };
        var state = layers.Where(model.StreamLayers.Contains)
            .Sum(layer => layer.MemoryLength + 2 * layer.Split.RowLength);
        var kind = spec.IsBidirectional ? $"Bidirectional {spec.Kind}" : spec.Kind.ToString();
        writer.Line(
            $"        new({Quote(spec.Name)}, {Quote(kind)}, {Quote(shape)}, {layers.Sum(layer => layer.ParameterCount)}, " +
            $"{layers.Sum(layer => layer.WeightLength) * sizeof(float)}, {state * sizeof(float)}, {layers.Sum(TapePerStep) * sizeof(float)}),");
    }

    /// <summary>Floats that training keeps of one step, its share of what is kept once included if there is one step.</summary>
    private int TapePerStep(LayerPlan layer)
    {
        var tape = model.Tape[layer];
        return layer.RecordStride + tape.Outputs.Sum(section => Math.Max(section.Size.PerStep, Math.Max(section.Size.PerTargetStep, PerStep(section.Size.Fixed, layer))));

        static int PerStep(int floats, LayerPlan layer) => layer.Output.Kind == TimeAxisKind.Fixed ? floats / layer.Output.Count
            : layer is CellPlan { IsRecurrent: true } ? 0 : floats;
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Quote(string text) => "\"" + text + "\"";
}
