using System.Globalization;
using NanoRnn.CompilerServices;
using NanoRnn.Onnx.Messages;
using NanoRnn.Storage;

namespace NanoRnn.Onnx.Export;

/// <summary>From the description of a model's layers and its tensors to ONNX. Inside, sequences are steps × batch × features.</summary>
internal sealed class ModelWriter
{
    /// <summary>The name of the dimension of sequences.</summary>
    public const string Batch = "batch";

    private const string Time = "time";
    private const string InputName = "input";
    private const string OutputName = "output";
    private const int OperatorSet = 17;
    private const int FormatVersion = 8;

    /// <summary>Keras's <c>epsilon()</c>: what a feature that never changes is divided by.</summary>
    private const float SmallestScale = 1e-7f;

    private static readonly long[] StepsAndBatch = [1, 0, 2];

    private readonly ModelLayout _layout;
    private readonly OnnxOptions _options;
    private readonly GraphWriter _graph;
    private readonly LayerTensors _tensors;
    private readonly RecurrentWriter _recurrent;
    private readonly WindowWriter _windows;
    private readonly AttentionWriter _attention;
    private readonly Dictionary<string, OnnxValue> _values = new(StringComparer.Ordinal);

    public ModelWriter(ModelLayout layout, WeightCollection weights, OnnxOptions options)
    {
        (_layout, _options) = (layout, options);
        _graph = new GraphWriter(layout.ModelName);
        _tensors = new LayerTensors(weights);
        _recurrent = new RecurrentWriter(_graph, _tensors, options.States);
        _windows = new WindowWriter(_graph, _tensors, options.States);
        _attention = new AttentionWriter(_graph, _tensors);
    }

    /// <summary>The model.</summary>
    /// <exception cref="NotSupportedException">ONNX cannot say what it is.</exception>
    /// <exception cref="InvalidOperationException">A weight is not finite, or there are too many.</exception>
    public ModelProto Write()
    {
        Check();
        var layers = ModelDescription.LayersOf(_layout.Description!);
        var last = AddInput(layers[0]);
        LayerDescription? output = null;
        foreach (var layer in layers[1..])
        {
            if (layer.Kind == "Output")
                output = layer;
            else
                _values.Add(layer.Name, last = Add(layer, layer.Find("inputs") is { } names ? [.. names.Split(',').Select(name => _values[name])] : [last]));
        }

        if (output is null)
            AddOutput(OutputName, last);
        foreach (var name in output?.Find("inputs")!.Split(',') ?? [])
            AddOutput(name, _values[name]);

        var model = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = nameof(NanoRnn),
            ProducerVersion = typeof(ModelWriter).Assembly.GetName().Version!.ToString(3),
            Graph = _graph.Graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OperatorSet });
        return model;
    }

    /// <summary>An exception that names the layer that ONNX cannot say.</summary>
    public static NotSupportedException Refuse(LayerDescription layer, string reason) =>
        new($"The layer {layer.Title} cannot be written as ONNX: {reason}. Nothing was written.");

    private void Check()
    {
        if (_layout.Description is null)
            throw Refuse("it was compiled by a version of NanoRnn that does not know its layers at run time; build it again");
        if (_layout.Precision == Precision.Int8)
            throw Refuse("it computes with 8-bit integers; write the model of floats that it was made from");
        if (_options.States && !_layout.IsStreamable)
            throw Refuse($"not every layer goes step by step, so there are no states to go on from; leave {nameof(OnnxOptions)}.{nameof(OnnxOptions.States)} out");

        // A message of the format is smaller than 2 GB; layers have names and shapes beside their weights.
        if (_layout.Tensors.Sum(tensor => (long)tensor.Rows * tensor.Columns * sizeof(float)) > int.MaxValue - (1 << 24))
            throw new InvalidOperationException($"The weights of {_layout.ModelName} are more than the 2 GB that a file of ONNX can have; nothing was written.");
    }

    private NotSupportedException Refuse(string reason) =>
        new($"{_layout.ModelName} cannot be written as ONNX: {reason}. Nothing was written.");

    private OnnxValue AddInput(LayerDescription input)
    {
        var takesTokens = input.Find("tokens") is not null;
        _graph.AddInput(
            InputName, takesTokens ? TensorProto.Types.DataType.Int32 : TensorProto.Types.DataType.Float,
            takesTokens ? [Batch, Time] : [Batch, Time, GraphWriter.Text(_layout.InputSize)]);
        var steps = _graph.Add(InputName, "Transpose", [InputName], GraphWriter.Attribute("perm", takesTokens ? StepsAndBatch[..2] : StepsAndBatch));
        var value = new OnnxValue(steps, _layout.InputSize, Time);
        _values.Add(InputName, value);
        return value;
    }

    private void AddOutput(string name, OnnxValue value)
    {
        var features = GraphWriter.Text(value.Features);
        if (value.Steps is null)
        {
            _graph.AddTo([name], "Identity", [value.Name]);
            _graph.AddOutput(name, Batch, features);
        }
        else
        {
            _graph.AddTo([name], "Transpose", [value.Name], GraphWriter.Attribute("perm", StepsAndBatch));
            _graph.AddOutput(name, Batch, value.Steps, features);
        }
    }

    private OnnxValue Add(LayerDescription layer, OnnxValue[] inputs)
    {
        var x = inputs[0];
        string[] names = [.. inputs.Select(input => input.Name)];
        return layer.Kind switch
        {
            "Dense" => AddDense(layer, x),
            "SimpleRnn" or "Lstm" or "Gru" => _recurrent.Add(layer, x),
            "Conv1D" => AddConvolution(layer, x),
            "ZeroPadding1D" => _windows.AddPositionPadding(layer, "constant", x),
            "ReflectionPadding1D" => _windows.AddPositionPadding(layer, "reflect", x),
            "MaxPooling1D" => _windows.AddPooling(layer, "MaxPool", x),
            "AveragePooling1D" => _windows.AddPooling(layer, "AveragePool", x),
            "GlobalMaxPooling1D" => AddReduction(layer, "ReduceMax", x),
            "GlobalAveragePooling1D" => AddReduction(layer, "ReduceMean", x),
            "Embedding" => AddEmbedding(layer, x),
            "RepeatVector" => AddRepetition(layer, x),
            "LayerNormalization" => x with { Name = AddLayerNormalization(layer, x) },
            "BatchNormalization" => x with { Name = AddBatchNormalization(layer, x) },
            "Normalization" => x with { Name = Node("Div", Node("Sub", x.Name, Offset()), Scale()) },
            "Denormalization" => x with { Name = Node("Add", Node("Mul", x.Name, Scale()), Offset()) },
            "Activation" => x with { Name = AddActivation(layer, x.Name) },
            "PReLU" => x with { Name = Node("PRelu", x.Name, Constant(layer, "alpha")) },
            "Concatenate" => new OnnxValue(
                _graph.Add(layer.Name, "Concat", names, GraphWriter.Attribute("axis", -1)), inputs.Sum(input => input.Features), x.Steps),
            "Add" => x with { Name = Node("Sum", names) },
            "Subtract" => x with { Name = Node("Sub", names) },
            "Multiply" => x with { Name = names.Aggregate((left, right) => Node("Mul", left, right)) },
            "Average" => x with { Name = Node("Mean", names) },
            "Slice" => AddSlice(layer, x),
            "Attention" or "AdditiveAttention" => _attention.Add(layer, x, inputs[1], inputs[2]),
            "Lambda" => throw Refuse(layer, "it is a function of yours"),
            "CustomRnn" => throw Refuse(layer, "it is a cell of yours, which ONNX's operators have not"),
            "Masking" => throw Refuse(layer, "ONNX has no steps that are skipped"),
            "Decoder" => throw Refuse(layer, "a decoder reads the tokens that it has chosen"),
            _ => throw Refuse(layer, "it has no operator for such a layer"),
        };

        string Node(string operation, params string[] operands) => _graph.Add(layer.Name, operation, operands);

        string Offset() => Constant(layer, layer.Is("kind", "standard") ? "mean" : "minimum");

        string Scale() => _graph.Floats($"{layer.Name}.scale", ReadScale(layer), x.Features);
    }

    private OnnxValue AddDense(LayerDescription layer, OnnxValue x)
    {
        var units = layer.Number("units");
        var y = _graph.Add(layer.Name, "MatMul", [x.Name, _graph.Floats($"{layer.Name}.kernel", _tensors.Read($"{layer.Name}.kernel"), x.Features, units)]);
        if (layer.Is("use_bias"))
            y = _graph.Add(layer.Name, "Add", [y, Constant(layer, "bias")]);
        return new OnnxValue(AddActivation(layer, y), units, x.Steps);
    }

    private OnnxValue AddConvolution(LayerDescription layer, OnnxValue x)
    {
        var y = layer.Find("positions") is null ? _windows.AddConvolution(layer, x) : _windows.AddPositionConvolution(layer, x);
        return y with { Name = AddActivation(layer, y.Name) };
    }

    /// <summary>All steps as one.</summary>
    private OnnxValue AddReduction(LayerDescription layer, string operation, OnnxValue x) => x with
    {
        Name = _graph.Add(layer.Name, operation, [x.Name], GraphWriter.Attribute("axes", [0]), GraphWriter.Attribute("keepdims", 0)), Steps = null,
    };

    private OnnxValue AddEmbedding(LayerDescription layer, OnnxValue x)
    {
        if (layer.Is("mask_zero"))
            throw Refuse(layer, "ONNX has no steps that are skipped, as those of token 0 are with MaskZero");
        var (vocabulary, dimensions) = (layer.Number("vocabulary"), layer.Number("dimensions"));
        var table = _graph.Floats($"{layer.Name}.embeddings", _tensors.Read($"{layer.Name}.embeddings"), vocabulary, dimensions);
        return new OnnxValue(_graph.Add(layer.Name, "Gather", [table, x.Name]), dimensions, x.Steps);
    }

    private OnnxValue AddRepetition(LayerDescription layer, OnnxValue x)
    {
        var count = layer.Number("count");
        var step = _graph.Add(layer.Name, "Unsqueeze", [x.Name, _graph.Integers(0)]);
        return x with { Name = _graph.Add(layer.Name, "Expand", [step, _graph.Integers(count, 1, 1)]), Steps = GraphWriter.Text(count) };
    }

    private string AddLayerNormalization(LayerDescription layer, OnnxValue x) => _graph.Add(
        layer.Name,
        "LayerNormalization",
        [x.Name, Constant(layer, "gamma"), Constant(layer, "beta")],
        GraphWriter.Attribute("axis", -1),
        GraphWriter.Attribute("epsilon", float.Parse(layer.Find("epsilon")!, CultureInfo.InvariantCulture)));

    /// <summary>Moving averages are constants; ONNX's own operator has its features in another place.</summary>
    private string AddBatchNormalization(LayerDescription layer, OnnxValue x)
    {
        var epsilon = float.Parse(layer.Find("epsilon")!, CultureInfo.InvariantCulture);
        var deviations = Array.ConvertAll(_tensors.Read($"{layer.Name}.moving_variance"), variance => MathF.Sqrt(variance + epsilon));
        var y = _graph.Add(layer.Name, "Sub", [x.Name, Constant(layer, "moving_mean")]);
        y = _graph.Add(layer.Name, "Div", [y, _graph.Floats($"{layer.Name}.deviation", deviations, x.Features)]);
        if (layer.Is("scale"))
            y = _graph.Add(layer.Name, "Mul", [y, Constant(layer, "gamma")]);
        return layer.Is("center") ? _graph.Add(layer.Name, "Add", [y, Constant(layer, "beta")]) : y;
    }

    private OnnxValue AddSlice(LayerDescription layer, OnnxValue x)
    {
        var (start, length) = (layer.Number("start"), layer.Number("length"));
        return x with
        {
            Name = _graph.Add(layer.Name, "Slice", [x.Name, _graph.Integers(start), _graph.Integers(start + length), _graph.Integers(-1)]), Features = length,
        };
    }

    private string AddActivation(LayerDescription layer, string x)
    {
        var activation = layer.Find("activation")!;
        return ActivationWriter.Add(_graph, layer.Name, activation, x)
            ?? throw Refuse(layer, ActivationWriter.IsOfUser(activation) ? "its activation is a function of yours" : $"ONNX has no function {activation}");
    }

    private string Constant(LayerDescription layer, string tensor)
    {
        var values = _tensors.Read($"{layer.Name}.{tensor}");
        return _graph.Floats($"{layer.Name}.{tensor}", values, values.Length);
    }

    /// <summary>What the features of a normalization are divided by, as Keras and NanoRnn compute it.</summary>
    private float[] ReadScale(LayerDescription layer)
    {
        if (layer.Is("kind", "standard"))
            return Array.ConvertAll(_tensors.Read($"{layer.Name}.variance"), variance => MathF.Max(MathF.Sqrt(variance), SmallestScale));
        var (minima, maxima) = (_tensors.Read($"{layer.Name}.minimum"), _tensors.Read($"{layer.Name}.maximum"));
        return [.. minima.Zip(maxima, (minimum, maximum) => MathF.Max(maximum - minimum, SmallestScale))];
    }
}
