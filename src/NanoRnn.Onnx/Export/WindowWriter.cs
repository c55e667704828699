using NanoRnn.CompilerServices;
using NanoRnn.Onnx.Messages;
using NanoRnn.Storage;

namespace NanoRnn.Onnx.Export;

/// <summary>Layers that see several steps at once: convolutions and pooling, whose sequences ONNX has as batch × features × steps.</summary>
/// <param name="graph">The graph.</param>
/// <param name="tensors">The model's tensors.</param>
/// <param name="states">Whether the past steps that a causal convolution sees are inputs and outputs of the graph.</param>
internal sealed class WindowWriter(GraphWriter graph, LayerTensors tensors, bool states)
{
    /// <summary>The name of the dimension of windows, which are neither as many as the steps nor a known number.</summary>
    private const string Windows = "windows";

    private const int StepAxis = 2;

    private static readonly long[] StepsLast = [1, 2, 0];
    private static readonly long[] StepsFirst = [2, 0, 1];
    private static readonly long[] FeaturesAndSteps = [0, 2, 1];

    /// <summary>Adds a convolution without its activation.</summary>
    public OnnxValue AddConvolution(LayerDescription layer, OnnxValue x)
    {
        var (size, dilation, filters) = (layer.Number("kernel_size"), layer.Number("dilation_rate"), layer.Number("units"));
        var past = (size - 1) * dilation;
        var isStream = states && past > 0;
        var sequence = Transpose(layer, x.Name, StepsLast);
        if (isStream)
            sequence = AddPast($"{layer.Name}.past", sequence, past, x.Features);
        var y = AddSums(layer, sequence, x.Features, isStream ? [] : Padding(layer, past));
        return new OnnxValue(Transpose(layer, y, StepsFirst), filters, StepsOf(layer, x));
    }

    /// <summary>Adds a convolution within each step, without its activation.</summary>
    public OnnxValue AddPositionConvolution(LayerDescription layer, OnnxValue x)
    {
        var (positions, filters, dilation, strides) = (layer.Number("positions"), layer.Number("units"), layer.Number("dilation_rate"), layer.Number("strides"));
        var windows = new WindowGeometry(layer.Number("kernel_size"), dilation, strides, Enum.Parse<Padding>(layer.Find("padding")!, ignoreCase: true));
        var (outputs, before) = ((int)windows.Count(positions), (int)windows.Before(positions));
        var behind = Math.Max(0, (outputs - 1) * strides + windows.Span - positions - before);
        return OverPositions(layer, x, positions, outputs * filters, sequence => AddSums(
            layer, sequence, x.Features / positions, [GraphWriter.Attribute("pads", [before, behind])]));
    }

    /// <summary>Adds positions to each step.</summary>
    public OnnxValue AddPositionPadding(LayerDescription layer, string mode, OnnxValue x)
    {
        var positions = layer.Find("positions") is null ? x.Features : layer.Number("positions");
        var (before, behind) = (layer.Number("before"), layer.Number("behind"));
        return OverPositions(
            layer, x, positions, x.Features / positions * (positions + before + behind),
            sequence => graph.Add(layer.Name, "Pad", [sequence, graph.Integers(0, 0, before, 0, 0, behind)], GraphWriter.Attribute("mode", mode)));
    }

    /// <summary>Steps of all sequences as a batch of their own, features × positions, and back.</summary>
    private OnnxValue OverPositions(LayerDescription layer, OnnxValue x, int positions, int features, Func<string, string> add)
    {
        var shape = graph.Add(layer.Name, "Shape", [x.Name]);
        var outer = graph.Add(layer.Name, "Slice", [shape, graph.Integers(0), graph.Integers(-1), graph.Integers(0)]);
        var rows = graph.Add(layer.Name, "Reshape", [x.Name, graph.Integers(-1, positions, x.Features / positions)]);
        var y = Transpose(layer, add(Transpose(layer, rows, FeaturesAndSteps)), FeaturesAndSteps);
        var target = graph.Add(layer.Name, "Concat", [outer, graph.Integers(features)], GraphWriter.Attribute("axis", 0));
        return x with { Name = graph.Add(layer.Name, "Reshape", [y, target]), Features = features };
    }

    private string AddSums(LayerDescription layer, string sequence, int channels, AttributeProto[] padding)
    {
        var (size, filters) = (layer.Number("kernel_size"), layer.Number("units"));
        var groups = layer.Find("groups") is null ? 1 : layer.Number("groups");
        List<string> inputs = [sequence, graph.Floats($"{layer.Name}.kernel", tensors.ReadReversed($"{layer.Name}.kernel"), filters, channels / groups, size)];
        if (layer.Is("use_bias"))
            inputs.Add(graph.Floats($"{layer.Name}.bias", tensors.Read($"{layer.Name}.bias"), filters));
        return graph.Add(
            layer.Name, "Conv", inputs,
            [
                GraphWriter.Attribute("kernel_shape", [size]), GraphWriter.Attribute("dilations", [layer.Number("dilation_rate")]),
                GraphWriter.Attribute("strides", [layer.Number("strides")]), GraphWriter.Attribute("group", groups), .. padding,
            ]);
    }

    /// <summary>Adds the largest value or the mean of some steps.</summary>
    public OnnxValue AddPooling(LayerDescription layer, string operation, OnnxValue x)
    {
        var size = layer.Number("kernel_size");
        var y = graph.Add(
            layer.Name, operation, [Transpose(layer, x.Name, StepsLast)],
            [
                GraphWriter.Attribute("kernel_shape", [size]), GraphWriter.Attribute("strides", [layer.Number("strides")]),
                .. Padding(layer, size - 1),
            ]);
        return x with { Name = Transpose(layer, y, StepsFirst), Steps = StepsOf(layer, x) };
    }

    /// <summary>
    /// Steps that are there beyond the ends. Where outputs lie several steps apart, how many depends on the number of steps; ONNX Runtime computes less
    /// than none where they lie farther apart than what is seen, so that is said otherwise.
    /// </summary>
    private static AttributeProto[] Padding(LayerDescription layer, int past) => layer.Find("padding") switch
    {
        "causal" => [GraphWriter.Attribute("pads", [past, 0])],
        "same" when layer.Is("strides", "1") => [GraphWriter.Attribute("pads", [past / 2, past - past / 2])],
        "same" when layer.Number("strides") <= layer.Number("kernel_size") => [GraphWriter.Attribute("auto_pad", "SAME_UPPER")],
        "same" when layer.Number("kernel_size") <= 2 => [GraphWriter.Attribute("pads", [0, past])],
        "same" => throw ModelWriter.Refuse(layer, "ONNX Runtime does not pad windows of three steps or more that lie farther apart than they are long"),
        _ => [],
    };

    private static string? StepsOf(LayerDescription layer, OnnxValue x) =>
        layer.Is("strides", "1") && (!layer.Is("padding", "valid") || layer.Is("kernel_size", "1")) ? x.Steps : Windows;

    /// <summary>Puts the steps before the sequence in front of it, and makes an output of those before the next.</summary>
    private string AddPast(string name, string sequence, int past, int features)
    {
        string[] shape = [ModelWriter.Batch, GraphWriter.Text(past), GraphWriter.Text(features)];
        graph.AddInput(name, TensorProto.Types.DataType.Float, shape);
        var before = graph.Add(name, "Transpose", [name], GraphWriter.Attribute("perm", FeaturesAndSteps));
        var all = graph.Add(name, "Concat", [before, sequence], GraphWriter.Attribute("axis", StepAxis));
        var last = graph.Add(name, "Slice", [all, graph.Integers(-past), graph.Integers(long.MaxValue), graph.Integers(StepAxis)]);
        graph.AddTo([name + "_next"], "Transpose", [last], GraphWriter.Attribute("perm", FeaturesAndSteps));
        graph.AddOutput(name + "_next", shape);
        return all;
    }

    private string Transpose(LayerDescription layer, string value, long[] order) =>
        graph.Add(layer.Name, "Transpose", [value], GraphWriter.Attribute("perm", order));
}
