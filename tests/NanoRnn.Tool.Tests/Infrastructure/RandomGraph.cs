using Google.Protobuf;
using NanoRnn.Onnx.Messages;

namespace NanoRnn.Tool.Tests.Infrastructure;

/// <summary>A random graph of one sequence, [1, steps, 3], with the clutter that exporters write.</summary>
internal sealed partial class RandomGraph(int seed)
{
    public const int Features = 3;

    private static readonly string[] Activations = ["Relu", "Tanh", "Sigmoid", "LeakyRelu", "Elu", "Selu", "Softplus", "Softsign", "HardSigmoid"];

    private static readonly string[] Merges = ["Add", "Mul", "Sub"];

    private static readonly string[] Directions = ["forward", "reverse", "bidirectional"];

    private static readonly (string Kind, int Gates)[] Kinds = [("LSTM", 4), ("GRU", 3), ("RNN", 1)];

    private readonly Random _random = new(seed);
    private readonly GraphProto _graph = new() { Name = "random" };
    private readonly List<Signal> _values = [];
    private int _names;

    /// <summary>Fewer steps may be fewer than a window has.</summary>
    public int FewestSteps { get; private set; } = 1;

    /// <summary>The bytes of a file.</summary>
    public byte[] Write()
    {
        _graph.Input.Add(Described("x", 1, -1, Features));
        _values.Add(new("x", Features, ""));
        var layers = _random.Next(2, 6);
        for (var i = 0; i < layers; i++)
            _values.Add(Layer());

        // Outputs are at the steps of the input, or once a sequence.
        var (name, features, axis) = _values[^1];
        if (axis.Length > 0 && _random.Next(2) == 0)
            (name, _) = Recurrent(name, features, 2);
        if (axis.Length > 0 || _random.Next(3) == 0)
            name = _random.Next(3) == 0 ? Global(name) : Node("Gather", [name, Integers([], -1)], ("axis", 1L));
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = "end", Input = { name }, Output = { "y" } });
        _graph.Output.Add(new ValueInfoProto { Name = "y", Type = new TypeProto { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float } } });
        var model = new ModelProto { IrVersion = 8, ProducerName = "test", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model.ToByteArray();
    }

    private Signal Layer()
    {
        var value = _values[_random.Next(Math.Max(0, _values.Count - 2), _values.Count)];
        var (input, features, axis) = value;
        var units = _random.Next(1, 7);
        switch (_random.Next(14))
        {
            case 0:
                return value with { Name = Activated(Node("Add", [Node("MatMul", [input, Floats(features, units)]), Floats(units)])), Features = units };
            case 1 or 2 or 3:
                var (recurrent, outputs) = Recurrent(input, features, units);
                return value with { Name = recurrent, Features = outputs };
            case 4:
                return value with { Name = Activated(input) };
            case 5 when _values.FindLast(found => found.Name != input && found.Axis == axis) is { } other:
                return value with { Name = Node("Concat", [input, other.Name], ("axis", -1L)), Features = features + other.Features };
            case 6 when _values.FindLast(found => found.Name != input && found.Features == features && found.Axis == axis) is { } other:
                return value with { Name = Node(Merges[_random.Next(3)], [input, other.Name]) };
            case 7:
                var gamma = (Scale: Floats(features), Shift: Floats(features));
                var centred = Node("Sub", [input, Node("ReduceMean", [input], ("axes", new[] { -1L }), ("keepdims", 1L))]);
                var variance = Node("ReduceMean", [Node("Mul", [centred, centred])], ("axes", new[] { -1L }), ("keepdims", 1L));
                var scaled = Node("Div", [centred, Node("Sqrt", [Node("Add", [variance, Constant([], 0.01f)])])]);
                return value with { Name = Node("Add", [Node("Mul", [scaled, gamma.Scale]), gamma.Shift]) };
            case 8 when features > 1:
                var length = _random.Next(1, features);
                return value with { Name = Node("Slice", [input, Integers([1], features - length), Integers([1], int.MaxValue), Integers([1], 2)]), Features = length };
            case 9 or 10:
                return Convolution(value, units);
            case 11:
                return Pooled(value);
            case 12:
                return Attention(value, units);
            default:
                return value with { Name = _random.Next(2) == 0 ? Node("PRelu", [input, Floats(features)]) : Node("Mul", [Node("Sub", [Floats(features), input]), Constant([], 0.7f)]) };
        }
    }

    private (string, int) Recurrent(string input, int features, int units)
    {
        var (kind, gates) = Kinds[_random.Next(3)];
        var direction = Directions[_random.Next(3)];
        var directions = direction == "bidirectional" ? 2 : 1;
        var attributes = new List<(string, object)> { ("direction", direction), ("hidden_size", (long)units) };
        if (kind == "GRU")
            attributes.Add(("linear_before_reset", (long)_random.Next(2)));

        // Time first, as exporters write it.
        var transposed = Node("Transpose", [input], ("perm", new[] { 1L, 0, 2 }));
        string[] inputs = [transposed, Floats(directions, gates * units, features), Floats(directions, gates * units, units), .. _random.Next(2) == 0 ? [] : (string[])[Floats(directions, 2 * gates * units)]];
        if (kind == "LSTM" && inputs.Length == 4 && _random.Next(2) == 0)
            inputs = [.. inputs, "", "", "", Floats(directions, 3 * units)];
        var output = Node(kind, inputs, [.. attributes]);
        var joined = directions == 1 ? Node("Squeeze", [output, Integers([1], 1)])
            : Node("Reshape", [Node("Transpose", [output], ("perm", new[] { 0L, 2, 1, 3 })), Integers([3], 0, 0, -1)]);
        return (Node("Transpose", [joined], ("perm", new[] { 1L, 0, 2 })), directions * units);
    }

    private string Activated(string input) => _random.Next(4) == 0 ? Node("Mul", [input, Node("Sigmoid", [input])]) : Node(Activations[_random.Next(Activations.Length)], [input]);

    private string Node(string kind, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var name = $"{kind}_{_names++}";
        var node = new NodeProto { OpType = kind, Name = name, Input = { inputs }, Output = { name } };
        foreach (var (key, value) in attributes)
        {
            var attribute = new AttributeProto { Name = key };
            switch (value)
            {
                case long number:
                    (attribute.Type, attribute.I) = (AttributeProto.Types.AttributeType.Int, number);
                    break;
                case string text:
                    (attribute.Type, attribute.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(text));
                    break;
                default:
                    attribute.Type = AttributeProto.Types.AttributeType.Ints;
                    attribute.Ints.AddRange((long[])value);
                    break;
            }

            node.Attribute.Add(attribute);
        }

        _graph.Node.Add(node);
        return name;
    }

    private string Floats(params int[] shape) => Constant(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => _random.NextSingle() - 0.5f)]);

    private string Constant(int[] shape, params float[] values)
    {
        var tensor = new TensorProto { Name = $"constant_{_names++}", DataType = (int)TensorProto.Types.DataType.Float, Dims = { shape.Select(size => (long)size) }, FloatData = { values } };
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Integers(int[] shape, params long[] values)
    {
        var tensor = new TensorProto { Name = $"constant_{_names++}", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { shape.Select(size => (long)size) }, Int64Data = { values } };
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static ValueInfoProto Described(string name, params int[] shape)
    {
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = new() };
        foreach (var size in shape)
            type.Shape.Dim.Add(size < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "t" } : new TensorShapeProto.Types.Dimension { DimValue = size });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }
}
