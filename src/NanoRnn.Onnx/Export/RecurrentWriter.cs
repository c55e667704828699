using NanoRnn.Onnx.Messages;
using NanoRnn.Storage;

namespace NanoRnn.Onnx.Export;

/// <summary>Recurrent layers as ONNX's RNN, LSTM and GRU, whose sequences are time-major.</summary>
/// <param name="graph">The graph.</param>
/// <param name="tensors">The model's tensors.</param>
/// <param name="states">Whether states are inputs and outputs of the graph.</param>
internal sealed class RecurrentWriter(GraphWriter graph, LayerTensors tensors, bool states)
{
    // Which of Keras's gates each of ONNX's is: input, output, forget, cell; update, reset, candidate.
    private static readonly int[] LstmGates = [0, 3, 1, 2];
    private static readonly int[] GruGates = [0, 1, 2];
    private static readonly int[] RnnGates = [0];

    /// <summary>Adds a layer.</summary>
    /// <exception cref="NotSupportedException">ONNX's operator has no such activation.</exception>
    public OnnxValue Add(LayerDescription layer, OnnxValue x)
    {
        var (operation, gates) = layer.Kind switch
        {
            "Lstm" => ("LSTM", LstmGates),
            "Gru" => ("GRU", GruGates),
            _ => ("RNN", RnnGates),
        };
        var isBidirectional = layer.Is("direction", "bidirectional");
        var goesBackwards = layer.Is("go_backwards");
        var returnsSequences = layer.Is("return_sequences");
        var units = layer.Number("units");
        string[] directions = isBidirectional ? [".forward", ".backward"] : [""];
        string[] stateNames = operation == "LSTM" ? ["h", "c"] : ["h"];

        // The sequence, and the last states.
        string[] outputs =
        [
            returnsSequences ? graph.NewName($"{layer.Name}/{operation}") : "",
            .. stateNames.Select(state => states || !returnsSequences && state == "h" ? graph.NewName($"{layer.Name}/{operation}_{state}") : ""),
        ];
        graph.AddTo(
            outputs[..(Array.FindLastIndex(outputs, output => output.Length > 0) + 1)],
            operation,
            [
                x.Name,
                .. Weights(layer, gates, units, x.Features, directions),
                .. states ? stateNames.Select((state, i) => AddInitialState(layer, x, state, i, units)).Prepend("")
                    : layer.Is("trainable_initial_state") ? AddLearnedStates(layer, x, stateNames, units, directions).Prepend("")
                    : [],
            ],
            [
                GraphWriter.Attribute("hidden_size", units),
                GraphWriter.Attribute("direction", isBidirectional ? "bidirectional" : goesBackwards ? "reverse" : "forward"),
                .. Activations(layer, operation, isBidirectional ? 2 : 1),
                .. operation == "GRU" ? [GraphWriter.Attribute("linear_before_reset", layer.Is("reset_after") ? 1 : 0)] : Array.Empty<AttributeProto>(),
            ]);
        for (var i = 0; i < stateNames.Length && states; i++)
            AddNextState($"{layer.Name}.{stateNames[i]}_next", outputs[1 + i], units);

        var axis = returnsSequences ? 1 : 0;
        var (y, features) = Merge(layer, outputs[returnsSequences ? 0 : 1], axis, units);

        // ONNX gives every step's output at its place, Keras in the order in which they are made.
        if (returnsSequences && goesBackwards)
            y = graph.Add(layer.Name, "Slice", [y, graph.Integers(-1), graph.Integers(long.MinValue), graph.Integers(0), graph.Integers(-1)]);
        return new OnnxValue(y, features, returnsSequences ? x.Steps : null);
    }

    private IEnumerable<string> Weights(LayerDescription layer, int[] gates, int units, int inputs, string[] directions)
    {
        var columns = gates.Length * units;
        yield return Constant("kernel", tensor => tensors.ReadTransposed(tensor, gates), columns, inputs);
        yield return Constant("recurrent_kernel", tensor => tensors.ReadTransposed(tensor, gates), columns, units);
        if (layer.Is("use_bias"))
            yield return Constant("bias", tensor => tensors.ReadBiases(tensor, gates), 2 * columns);
        else if (states || layer.Is("trainable_initial_state"))
            yield return "";

        string Constant(string name, Func<string, float[]> read, params ReadOnlySpan<long> shape) => graph.Floats(
            $"{layer.Name}.{name}",
            directions.SelectMany(direction => read($"{layer.Name}{direction}.{name}")).ToArray(),
            [directions.Length, .. shape]);
    }

    /// <summary>The activations of all gates; the parameters of those that have some follow each other.</summary>
    private static IEnumerable<AttributeProto> Activations(LayerDescription layer, string operation, int directions)
    {
        string[] options = operation switch
        {
            "LSTM" => ["recurrent_activation", "activation", "activation"],
            "GRU" => ["recurrent_activation", "activation"],
            _ => ["activation"],
        };
        var activations = options.Select(Find).ToArray();
        activations = [.. Enumerable.Repeat(activations, directions).SelectMany(direction => direction)];
        yield return GraphWriter.Attribute("activations", activations.Select(activation => activation.Name));
        if (activations.Any(activation => activation.Alpha is not null))
            yield return GraphWriter.Attribute("activation_alpha", activations.Select(activation => activation.Alpha).OfType<float>());
        if (activations.Any(activation => activation.Beta is not null))
            yield return GraphWriter.Attribute("activation_beta", activations.Select(activation => activation.Beta).OfType<float>());

        (string Name, float? Alpha, float? Beta) Find(string option) => layer.Find(option) is var found && ActivationWriter.Find(found!) is { } known
            ? known
            : throw ModelWriter.Refuse(layer, ActivationWriter.IsOfUser(found!)
                ? $"its {option} is a function of yours"
                : $"ONNX's {operation} has no such {option} as {found}");
    }

    /// <summary>An input of batch × units, with the dimension of directions that the operator wants. One that is learned may be left out.</summary>
    private string AddInitialState(LayerDescription layer, OnnxValue x, string name, int number, int units)
    {
        var state = $"{layer.Name}.{name}";
        graph.AddInput(state, TensorProto.Types.DataType.Float, ModelWriter.Batch, GraphWriter.Text(units));
        if (!layer.Is("trainable_initial_state"))
            return graph.Add(state, "Unsqueeze", [state, graph.Integers(0)]);
        graph.AddDefault(state, tensors.Read($"{layer.Name}.initial_state").AsSpan(number * units, units), 1, units);
        return graph.Add(state, "Expand", [state, ShapeOfStates(layer, x, 1, units)]);
    }

    /// <summary>Directions × batch × units.</summary>
    private string ShapeOfStates(LayerDescription layer, OnnxValue x, int directions, int units)
    {
        var batch = graph.Add(
            layer.Name, "Slice", [graph.Add(layer.Name, "Shape", [x.Name]), graph.Integers(1), graph.Integers(2), graph.Integers(0)]);
        return graph.Add(layer.Name, "Concat", [graph.Integers(directions), batch, graph.Integers(units)], GraphWriter.Attribute("axis", 0));
    }

    /// <summary>The states that are weights, as often as there are sequences.</summary>
    private IEnumerable<string> AddLearnedStates(LayerDescription layer, OnnxValue x, string[] names, int units, string[] directions)
    {
        var shape = ShapeOfStates(layer, x, directions.Length, units);
        var values = directions.Select(direction => tensors.Read($"{layer.Name}{direction}.initial_state")).ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            var state = graph.Floats(
                $"{layer.Name}.{names[i]}_start", values.SelectMany(value => value.Skip(i * units).Take(units)).ToArray(), directions.Length, 1, units);
            yield return graph.Add(layer.Name, "Expand", [state, shape]);
        }
    }

    private void AddNextState(string state, string value, int units)
    {
        graph.AddTo([state], "Squeeze", [value, graph.Integers(0)]);
        graph.AddOutput(state, ModelWriter.Batch, GraphWriter.Text(units));
    }

    /// <summary>The directions, which lie along an axis, as features.</summary>
    private (string Name, int Features) Merge(LayerDescription layer, string y, int axis, int units)
    {
        // Both before the batch, or before the steps and the batch.
        long[] batchFirst = axis == 0 ? [1, 0, 2] : [0, 2, 1, 3];
        long[] sideBySide = axis == 0 ? [0, 2 * units] : [0, 0, 2 * units];
        return layer.Find("merge_mode") switch
        {
            null => (graph.Add(layer.Name, "Squeeze", [y, graph.Integers(axis)]), units),
            "concat" => (graph.Add(
                layer.Name, "Reshape", [graph.Add(layer.Name, "Transpose", [y], GraphWriter.Attribute("perm", batchFirst)), graph.Integers(sideBySide)]), 2 * units),
            "sum" => (graph.Add(layer.Name, "ReduceSum", [y, graph.Integers(axis)], GraphWriter.Attribute("keepdims", 0)), units),
            "multiply" => (Reduce("ReduceProd"), units),
            _ => (Reduce("ReduceMean"), units),
        };

        string Reduce(string operation) =>
            graph.Add(layer.Name, operation, [y], GraphWriter.Attribute("axes", [axis]), GraphWriter.Attribute("keepdims", 0));
    }
}
