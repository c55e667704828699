using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using NanoRnn.Onnx.Messages;

namespace NanoRnn.Onnx.Export;

/// <summary>A graph in the making: nodes with one name for each value, constants, inputs and outputs.</summary>
/// <param name="name">The graph's name.</param>
internal sealed class GraphWriter(string name)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>What has been written.</summary>
    public GraphProto Graph { get; } = new() { Name = name };

    /// <summary>Adds a node with one output.</summary>
    /// <param name="layer">The layer it is a part of.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Names of what it reads; empty for an input that is left out.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of the output.</returns>
    public string Add(string layer, string operation, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var output = NewName($"{layer}/{operation}");
        AddTo([output], operation, inputs, attributes);
        return output;
    }

    /// <summary>Adds a node whose outputs have names already.</summary>
    public void AddTo(IEnumerable<string> outputs, string operation, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Name = node.Output.First(output => output.Length > 0);
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
    }

    /// <summary>A name that no other value has: the one given, or with a number.</summary>
    public string NewName(string wanted)
    {
        var unique = wanted;
        for (var i = 1; !_names.Add(unique); i++)
            unique = $"{wanted}_{i}";
        return unique;
    }

    /// <summary>A constant of floats.</summary>
    /// <returns>Its name.</returns>
    public string Floats(string wanted, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var name = NewName(wanted);
        AddDefault(name, values, shape);
        return name;
    }

    /// <summary>What an input is where it is not given.</summary>
    public void AddDefault(string input, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        MemoryMarshal.AsBytes(values).CopyTo(bytes);
        if (!BitConverter.IsLittleEndian)
        {
            for (var i = 0; i < bytes.Length; i += sizeof(float))
                bytes.AsSpan(i, sizeof(float)).Reverse();
        }

        var tensor = new TensorProto { Name = input, DataType = (int)TensorProto.Types.DataType.Float, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        tensor.Dims.Add(shape.ToArray());
        Graph.Initializer.Add(tensor);
    }

    /// <summary>A constant of integers, one for all places that need the same.</summary>
    /// <returns>Its name.</returns>
    public string Integers(params long[] values)
    {
        var constant = $"[{string.Join(",", values)}]";
        if (!_names.Add(constant))
            return constant;
        var tensor = new TensorProto { Name = constant, DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.Add(values);
        Graph.Initializer.Add(tensor);
        return constant;
    }

    /// <summary>Declares an input.</summary>
    public void AddInput(string input, TensorProto.Types.DataType type, params string[] shape)
    {
        _names.Add(input);
        Graph.Input.Add(Declare(input, type, shape));
    }

    /// <summary>Declares an output.</summary>
    public void AddOutput(string output, params string[] shape) => Graph.Output.Add(Declare(output, TensorProto.Types.DataType.Float, shape));

    /// <summary>A dimension that is a number.</summary>
    public static string Text(int size) => size.ToString(CultureInfo.InvariantCulture);

    public static AttributeProto Attribute(string attribute, long value) =>
        new() { Name = attribute, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Attribute(string attribute, float value) =>
        new() { Name = attribute, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Attribute(string attribute, string value) =>
        new() { Name = attribute, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Attribute(string attribute, long[] values)
    {
        var message = new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Ints };
        message.Ints.Add(values);
        return message;
    }

    public static AttributeProto Attribute(string attribute, IEnumerable<float> values)
    {
        var message = new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Floats };
        message.Floats.Add(values);
        return message;
    }

    public static AttributeProto Attribute(string attribute, IEnumerable<string> values)
    {
        var message = new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Strings };
        message.Strings.Add(values.Select(ByteString.CopyFromUtf8));
        return message;
    }

    /// <summary>A dimension is a number, or a name for any number.</summary>
    private static ValueInfoProto Declare(string value, TensorProto.Types.DataType type, string[] shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var dimension in shape)
        {
            dimensions.Dim.Add(long.TryParse(dimension, CultureInfo.InvariantCulture, out var size)
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension });
        }

        return new ValueInfoProto { Name = value, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } } };
    }
}
