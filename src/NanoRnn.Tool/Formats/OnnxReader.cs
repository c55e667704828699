using Google.Protobuf;
using NanoRnn.Onnx.Messages;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>Reads ONNX files.</summary>
internal static class OnnxReader
{
    private const int DeepestGraph = 16;

    /// <exception cref="ToolException">The bytes are no ONNX model.</exception>
    public static ModelFile Read(byte[] file)
    {
        var model = Parse(file);
        if (model.Graph is null)
            throw new ToolException("expected an ONNX model with a graph, found none.");
        var version = (int)Math.Clamp(model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 1, 1, 1000);
        var tensors = new List<FileTensor>();
        foreach (var initializer in model.Graph.Initializer)
            tensors.Add(new FileTensor(initializer.Name, OnnxTensors.TypeName(initializer.DataType), OnnxTensors.Read(initializer), initializer.CalculateSize()));
        var metadata = new List<KeyValuePair<string, string>>
        {
            new("producer", $"{model.ProducerName} {model.ProducerVersion}".Trim()), new("ir_version", $"{model.IrVersion}"), new("opset", $"{version}"),
        };
        metadata.AddRange(model.MetadataProps.Select(property => new KeyValuePair<string, string>(property.Key, property.Value)));
        return new ModelFile("ONNX", ReadGraph(model.Graph, version, file.Length, tensors.ToLookup(tensor => tensor.Name, tensor => tensor.Value, StringComparer.Ordinal), 0), tensors, metadata);
    }

    private static ModelProto Parse(byte[] file)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(file);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new ToolException($"expected an ONNX model, found something else: {exception.Message}", exception);
        }
    }

    private static OperatorGraph ReadGraph(GraphProto graph, int version, long fileLength, ILookup<string, Tensor>? tensors, int depth)
    {
        if (depth > DeepestGraph)
            throw new ToolException($"expected graphs within graphs to a depth of {DeepestGraph}, found more.");
        var result = new OperatorGraph { OperatorSet = version, ElementLimit = (1 << 22) + 4 * fileLength };
        foreach (var initializer in graph.Initializer)
        {
            var value = tensors is null ? OnnxTensors.Read(initializer) : tensors[initializer.Name].First();
            if (!result.Constants.TryAdd(initializer.Name, value))
                throw new ToolException($"tensor '{initializer.Name}': expected one of this name, found two.");
        }

        // Early versions of the format list constants among the inputs too.
        result.Inputs.AddRange(graph.Input.Where(input => !result.Constants.ContainsKey(input.Name)).Select(ReadInput));
        result.Outputs.AddRange(graph.Output.Select(output => output.Name));
        foreach (var node in graph.Node)
        {
            var name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? "";
            var read = new OperatorNode(node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}", name, [.. node.Input], [.. node.Output]);
            foreach (var attribute in node.Attribute)
                if (ReadAttribute(attribute, version, fileLength, depth) is { } value)
                    read.Attributes[attribute.Name] = value;
            result.Nodes.Add(read);
        }

        return result;
    }

    private static GraphInput ReadInput(ValueInfoProto input)
    {
        if (input.Type?.TensorType is not { } type)
            throw new ToolException($"input '{input.Name}': expected a tensor.");
        var shape = type.Shape?.Dim.Select(dimension => dimension.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && dimension.DimValue > 0
            ? (int?)Math.Min(dimension.DimValue, int.MaxValue) : null).ToArray()
            ?? throw new ToolException($"input '{input.Name}': expected the number of its dimensions, found none.");
        return new GraphInput(input.Name, shape, !OnnxTensors.IsReal(type.ElemType));
    }

    private static object? ReadAttribute(AttributeProto attribute, int version, long fileLength, int depth) => attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Float => (double)attribute.F,
        AttributeProto.Types.AttributeType.Int => attribute.I,
        AttributeProto.Types.AttributeType.String => attribute.S.ToStringUtf8(),
        AttributeProto.Types.AttributeType.Tensor => OnnxTensors.Read(attribute.T ?? new()),
        AttributeProto.Types.AttributeType.Graph => ReadGraph(attribute.G ?? new(), version, fileLength, null, depth + 1),
        AttributeProto.Types.AttributeType.Floats => attribute.Floats.Select(value => (double)value).ToArray(),
        AttributeProto.Types.AttributeType.Ints => attribute.Ints.ToArray(),
        AttributeProto.Types.AttributeType.Strings => attribute.Strings.Select(value => value.ToStringUtf8()).ToArray(),
        _ => null,
    };
}
