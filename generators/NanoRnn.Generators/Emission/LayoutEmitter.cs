using NanoRnn.CompilerServices;
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
            Property("Description", Quote(model.Description));
            Property("InputSize", model.InputSize.ToString());
            Property("OutputSize", model.OutputSize.ToString());
            Property("ReturnsSequences", Flag(model.ReturnsSequences));
            Property("OutputActivation", ActivationOf(model.Last));
            Property("OutputRange", $"{Library}.OutputRange.{model.Last.Node.Range}");
            Property("OutputLayer", Quote(OutputLayer(model.Last.Spec)));
            if (!model.IsTrainable)
                Property("Precision", $"global::NanoRnn.Precision.{model.Precision}");
            Property("WeightLength", model.WeightLength.ToString());
            if (model.TrainableLength < model.WeightLength)
                Property("FrozenLength", (model.WeightLength - model.TrainableLength).ToString());
            if (model.BatchStatistics.Count > 0)
            {
                Property("BatchStatistics", $"[{string.Join(", ", model.BatchStatistics.Select(BatchStatistics))}]");
                Property("StatisticsLength", model.StatisticsLength.ToString());
            }

            Property("TransposedLength", model.TransposedLength.ToString());
            Property("GradientPieces", (model.IsTrainable ? model.Pieces : 0).ToString());
            EmitOptions();
            writer.Line("    Tensors =");
            writer.Line("    [");
            foreach (var tensor in model.Tensors)
                EmitTensor(tensor);
            writer.Line("    ],");
            writer.Line("};");
            writer.Line();
            EmitTable();
        }
    }

    /// <summary>A class of its own, which no program holds that does not ask for the summary.</summary>
    private void EmitTable()
    {
        writer.Summary("The table of layers.");
        using (writer.Block("internal static class Table"))
        {
            writer.Line($"internal static readonly global::NanoRnn.ModelSummary Summary = new({Quote(model.Spec.Type.DisplayName)},");
            writer.Line("[");
            foreach (var layer in model.Spec.Layers)
                EmitSummary(layer);
            var memory = new MemoryPlan(model);
            writer.Line("])" + (memory.Training is { } training
                ? $" {{ Training = new({training.BatchSize}, {training.TimeSteps}, {memory.Total}) }};"
                : ";"));
        }
    }

    private void Property(string name, string value) => writer.Line($"    {name} = {value},");

    /// <summary>What most models do not have.</summary>
    private void EmitOptions()
    {
        Property("StateLength", model.StateLength.ToString());
        Property("IsStreamable", Flag(model.IsStreamable));
        if (model.FewestSteps > 1)
            Property("FewestSteps", model.FewestSteps.ToString());
        if (model.Cells.Any(layer => layer.StartsAtWeights))
            Property("TrainsInitialState", "true");
        if (model.ReversesTime)
            Property("ReversesTime", "true");
        if (model.Last.Output.Mask == StepMask.Reversed)
            Property("OutputIsReversed", "true");
        if (model.Outputs.Count > 0)
            Property("Outputs", $"[{string.Join(", ", model.Outputs.Select(output => Output(output.Name, output.Start, output.Length, output.Layer)))}]");
        if (model.OutputSteps > 0)
            Property("OutputSteps", model.OutputSteps.ToString());
        if (model.Spec.TakesTokens)
            Property("Vocabulary", model.Spec.Layers[0].Vocabulary.ToString());
        if (model.Spec.Masks)
            Property("MaskValue", model.Spec.TakesTokens ? "0" : Dialect.Literal(model.Spec.Layers[0].MaskValue));
        EmitTraining();
        if (!model.HasDecoder)
            return;
        var decoder = model.Spec.Layers.Single(layer => layer.Kind == LayerKind.Decoder);
        writer.Line(
            $"    Decoder = new {Library}.DecoderLayout {{ StartToken = {decoder.StartToken}, EndToken = {decoder.EndToken}, " +
            $"MasksZero = {Flag(model.MasksTargets)}, MemoryLength = {model.MemoryLength} }},");
    }

    /// <summary>For how much training the memory is known.</summary>
    private void EmitTraining()
    {
        var options = model.Spec.Options;
        foreach (var (name, value) in new[]
        {
            ("TimeSteps", options.TimeSteps), ("BatchSize", options.BatchSize), ("TargetSteps", options.TargetSteps), ("CheckpointSteps", options.CheckpointSteps),
        })
            if (value > 0)
                Property(name, value.ToString());
    }

    private static string ActivationOf(LayerPlan? layer) =>
        $"global::NanoRnn.Activation.{(layer is CellPlan { IsRecurrent: false } last ? last.Spec.Activation : ActivationKind.Linear)}";

    private static string BatchStatistics(BatchStatisticsPlan layer) =>
        $"new({layer.WeightOffset}, {layer.Split.RowLength}, {Dialect.Literal(layer.Spec.Momentum)})";

    private static string Output(string name, int start, int length, LayerPlan? layer) =>
        $"new({Quote(name)}, {start}, {length}, {ActivationOf(layer)}, {Library}.OutputRange.{layer?.Node.Range ?? OutputRange.Any}, " +
        $"{Quote(layer is null ? name : OutputLayer(layer.Spec))})";

    private void EmitTensor(TensorLayout tensor)
    {
        var (type, places) = tensor switch
        {
            BlockedTensorLayout blocked => (
                nameof(BlockedTensorLayout),
                $"Offset = {blocked.Offset}, Units = {blocked.Units}, SlotsPerBlock = {blocked.SlotsPerBlock}, " +
                $"GateSlots = [{string.Join(", ", blocked.GateSlots)}], RowStrides = [{string.Join(", ", blocked.RowStrides)}]"),
            Int8TensorLayout integers => (
                nameof(Int8TensorLayout),
                $"Units = {integers.Units}, Gates = [{string.Join(", ", integers.Gates.Select(IntegerGate))}]"),
            StridedTensorLayout strided => (
                nameof(StridedTensorLayout),
                $"Offset = {strided.Offset}, RowStride = {strided.RowStride}, ColumnStride = {strided.ColumnStride}"),
            _ => throw new NotSupportedException(tensor.GetType().Name),
        };
        var options = tensor.ElementType == ElementType.F32 ? "" : $", ElementType = {Library}.ElementType.{tensor.ElementType}";
        options += tensor.UnitForgetBias ? ", UnitForgetBias = true" : "";
        options += tensor.IsTrainable ? "" : ", IsTrainable = false";
        options += Penalty("L1", tensor.L1) + Penalty("L2", tensor.L2);
        writer.Line(
            $"        new {Library}.{type} {{ Name = {Quote(tensor.Name)}, Shape = [{string.Join(", ", tensor.Shape)}], " +
            $"Initializer = global::NanoRnn.Initializer.{tensor.Initializer}{options}, {places} }},");
    }

    /// <summary>The last layer with what makes its outputs, as messages name it.</summary>
    private static string OutputLayer(LayerSpec layer)
    {
        var function = layer.ActivationMethod is { } method ? method.DisplayName
            : layer.IsRecurrent || layer.IsAffine || layer.Kind == LayerKind.Activation ? layer.Activation.ToString()
            : null;
        return $"'{layer.Name}' ({layer.Kind}{(function is null ? "" : " with " + function)})";
    }

    private static string IntegerGate(Int8Gate gate) => $"new({gate.Offset}, {gate.Columns}, {gate.Map}, {gate.MapCount})";

    private static string Penalty(string name, float factor) => factor == 0 ? "" : $", {name} = {Dialect.Literal(factor)}";

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
        var options = new List<string>();
        if (layers.Any(layer => layer.IsFrozen))
            options.Add($"NonTrainableParameterCount = {layers.Where(layer => layer.IsFrozen).Sum(layer => layer.ParameterCount)}");
        if (!model.IsTrainable)
            options.Add($"ParameterBytes = {layers.Sum(layer => layer.ParameterBytes)}");
        if (model.Spec.IsGraph)
            options.Add($"ConnectedTo = {Quote(string.Join(", ", spec.Inputs.Select(model.Spec.NameOf)))}");
        var kind = spec.IsBidirectional ? $"Bidirectional {spec.Kind}" : spec.Kind.ToString();
        writer.Line(
            $"    new({Quote(spec.Name)}, {Quote(kind)}, {Quote(shape)}, {layers.Sum(layer => layer.ParameterCount)}, " +
            $"{layers.Sum(layer => layer.WeightLength) * sizeof(float)}, {state * sizeof(float)}, {layers.Sum(TapePerStep) * sizeof(float)})" +
            (options.Count == 0 ? "," : $" {{ {string.Join(", ", options)} }},"));
    }

    /// <summary>Floats that training keeps of one step, its share of what is kept once included if there is one step.</summary>
    private long TapePerStep(LayerPlan layer)
    {
        if (model.Tape is null)
            return 0;
        var tape = model.Tape[layer];
        return layer.RecordStride + tape.Outputs.Sum(section => Math.Max(section.Size.PerStep, Math.Max(section.Size.PerTargetStep, PerStep(section.Size.Fixed, layer))));

        static long PerStep(long floats, LayerPlan layer) => layer.Output.Kind == TimeAxisKind.Fixed ? floats / layer.Output.Count
            : layer.Output.Kind == TimeAxisKind.Windows ? 0
            : layer is CellPlan { IsRecurrent: true } ? 0 : floats;
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Quote(string text) => "\"" + text + "\"";
}
