using NanoRnn.Tool.Operators;
using NanoRnn.Tool.Recognition;

namespace NanoRnn.Tool.Writing;

/// <summary>Says a network in layers of NanoRnn.</summary>
internal sealed class LayerPlanner
{
    private const int ModelInput = -1;

    /// <summary>Gates with peepholes, in the order of <see cref="RecurrentCell.Peepholes"/>.</summary>
    private static readonly string[] Gates = ["input", "forget", "output"];

    private readonly Network _network;
    private readonly string _model;
    private readonly List<ImportedLayer> _layers = [];
    private readonly Dictionary<Value, int> _numbers = [];
    private readonly ILookup<Value, Value?> _readers;
    private readonly List<ImportedMethod> _methods = [];

    /// <param name="network">The network.</param>
    /// <param name="model">Name of the class.</param>
    private LayerPlanner(Network network, string model)
    {
        (_network, _model) = (network, model);
        _readers = network.Values().SelectMany(reader => reader.Sources.Select(source => (source, reader: (Value?)reader)))
            .Concat(network.Outputs.Select(output => (source: output.Value, reader: (Value?)null))).ToLookup(item => item.source, item => item.reader);
    }

    /// <exception cref="UnsupportedModelException">There is no layer for a part of it.</exception>
    public static ImportedModel Plan(Network network, string model) => new LayerPlanner(network, model).Plan();

    private ImportedModel Plan()
    {
        foreach (var value in _network.Values())
            if (!IsFused(value))
                _numbers.Add(value, Layer(value));
        var outputs = new List<int>();
        foreach (var output in _network.Outputs)
        {
            var number = _numbers[output.Value];
            if (number == ModelInput || outputs.Contains(number) || _network.Outputs.Count == 1 && number < _layers.Count - 1)
                number = Add(new("Activation", "Activation.Linear", [number]));
            if (_network.Outputs.Count > 1)
                _layers[number].GivenName = Identifier(output.Name, outputs.Count);
            outputs.Add(number);
        }

        var inputSize = _network.Layout.FeatureAxis is null ? 0 : _network.Layout.Features;
        LayerNames.Give(_layers);
        return new ImportedModel(inputSize, _layers, outputs, _methods);
    }

    /// <summary>Whether a value is a part of the layer that reads it: an affine map or a convolution whose only reader is its activation.</summary>
    private bool IsFused(Value value) => value is Value.Affine or Value.Convolution && _readers[value].ToArray() is [Value.Function or Value.Softmax];

    private int Layer(Value value)
    {
        switch (value)
        {
            case Value.Input or Value.Tokens:
                return ModelInput;
            case Value.Affine affine:
                return Add(Dense(affine, null));
            case Value.Convolution convolution:
                return Add(Convolution(convolution, null));
            case Value.Function { Source: Value.Convolution convolution } function when IsFused(convolution):
                return Add(Convolution(convolution, function.Definition));
            case Value.Softmax { Source: Value.Convolution convolution } when IsFused(convolution):
                return Add(Convolution(convolution, null).With("Activation", "Activation.Softmax"));
            case Value.Pooling pooling:
                return Add(InWindows(new($"{(pooling.IsMaximum ? "Max" : "Average")}Pooling1D", $"{pooling.Geometry.KernelSize}", [Number(pooling.Sources[0])]), pooling.Sources[0], pooling.Geometry, usualStride: pooling.Geometry.KernelSize));
            case Value.GlobalPooling pooling:
                return Add(new($"Global{(pooling.IsMaximum ? "Max" : "Average")}Pooling1D", "", [Number(pooling.Sources[0])]));
            case Value.SlopedRelu relu:
                return Add(new ImportedLayer("PReLU", "", [Number(relu.Source)]).With("alpha", [relu.Features], relu.Slopes));
            case Value.Scores:
                throw new UnsupportedModelException("two computed matrices are multiplied, which NanoRnn has a layer for where they are queries and keys of attention: softmax of query times transposed key, times values.");
            case Value.Attention attention:
                return Add(new ImportedLayer(attention.Weights is null ? "Attention" : "AdditiveAttention", "", [.. attention.Sources.Select(Attended)]).With("scale", [attention.Sources[0].Features], attention.Weights));
            case Value.Function function when IsFused(function.Source):
                return Add(Dense((Value.Affine)function.Source, function.Definition));
            case Value.Function function:
                var activation = FunctionText.Activation(function.Definition);
                return Add(activation is null ? new("Lambda", Method(function.Definition), [Number(function.Source)]) : new("Activation", $"Activation.{activation}", [Number(function.Source)]));
            case Value.Softmax softmax when IsFused(softmax.Source):
                return Add(Dense((Value.Affine)softmax.Source, null).With("Activation", "Activation.Softmax"));
            case Value.Softmax softmax:
                // A softmax is on a dense layer alone; one that changes nothing takes it.
                return Add(Dense(Selection(softmax.Source, [.. Enumerable.Range(0, softmax.Features)]), null).With("Activation", "Activation.Softmax"));
            case Value.Scale scale when scale.Factors.All(factor => factor == scale.Factors[0]) && scale.Offsets.All(offset => offset == scale.Offsets[0]):
                return Add(new("Lambda", Method(new ScalarFunction("Scale", scale.Factors[0], scale.Offsets[0])), [Number(scale.Source)]));
            case Value.Scale scale:
                return Add(Dense(new Value.Affine(scale.Source, Diagonal(scale.Factors), scale.Offsets), null));
            case Value.Mean mean:
                return Add(Dense(new Value.Affine(mean.Source, [.. Enumerable.Repeat(1.0 / mean.Source.Features, mean.Source.Features)], null), null));
            case Value.Normalized normalized:
                return Add(new ImportedLayer("LayerNormalization", "", [Number(normalized.Source)])
                    .With("Epsilon", normalized.Epsilon.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
                    .With("gamma", [normalized.Features], normalized.Gamma).With("beta", [normalized.Features], normalized.Beta));
            case Value.Select { IsSlice: true } select:
                return Add(new("Slice", $"{select.Indices[0]}, {select.Features}", [Number(select.Source)]));
            case Value.Select select:
                return Add(Dense(Selection(select.Source, select.Indices), null));
            case Value.Merge merge:
                return Add(new(merge.Kind.ToString(), "", [Number(merge.Left), Number(merge.Right)]));
            case Value.Concatenation concatenation:
                return Add(new("Concatenate", "", [.. concatenation.Sources.Select(Number)]));
            case Value.Embedding embedding:
                var tokens = embedding.Table.Length / embedding.Features;
                return Add(new ImportedLayer("Embedding", $"{tokens}, {embedding.Features}", [ModelInput]).With("embeddings", [tokens, embedding.Features], embedding.Table));
            case Value.Last last:
                var keeper = new RecurrentCell(Diagonal([.. Enumerable.Repeat(1.0, last.Features)]), new double[last.Features * last.Features], null);
                var identity = new ScalarFunction("Identity");
                return Recurrent(last.Sources[0], new("RNN", last.Features, RecurrentDirection.Forward, [keeper], identity, identity), isSequence: false);
            case Value.Recurrent recurrent:
                return Recurrent(recurrent.Sources[0], recurrent.Layer, recurrent.IsSequence);
            case Value.CellState state:
                throw new UnsupportedModelException($"the cell state of a layer of {state.Features} units is computed with, which NanoRnn has no layer for.");
            default:
                throw new InvalidOperationException($"no layer for {value.GetType().Name}");
        }
    }

    private ImportedLayer Dense(Value.Affine affine, ScalarFunction? function)
    {
        var layer = new ImportedLayer("Dense", $"{affine.Features}", [Number(affine.Source)]);
        if (function is not null)
            AddActivation(layer, "Activation", "Linear", function);
        if (affine.Bias is null)
            layer.With("UseBias", "false");
        return layer.With("kernel", [affine.Source.Features, affine.Features], affine.Kernel).With("bias", [affine.Features], affine.Bias);
    }

    private ImportedLayer Convolution(Value.Convolution convolution, ScalarFunction? function)
    {
        var geometry = convolution.Geometry;
        var layer = InWindows(new("Conv1D", $"{convolution.Features}, {geometry.KernelSize}", [Number(convolution.Source)]), convolution.Source, geometry, usualStride: 1);
        if (geometry is { Dilation: > 1, Stride: > 1 })
            throw new UnsupportedModelException($"a convolution with strides of {geometry.Stride} and a dilation of {geometry.Dilation}: NanoRnn has layers for one of both.");
        if (geometry.Dilation > 1)
            layer.With("DilationRate", $"{geometry.Dilation}");
        if (function is not null)
            AddActivation(layer, "Activation", "Linear", function);
        if (convolution.Bias is null)
            layer.With("UseBias", "false");
        return layer.With("kernel", [geometry.KernelSize, convolution.Source.Features, convolution.Features], convolution.Kernel)
            .With("bias", [convolution.Features], convolution.Bias);
    }

    private static ImportedLayer InWindows(ImportedLayer layer, Value source, ConvolutionGeometry geometry, int usualStride)
    {
        if (geometry.Stride != usualStride)
            layer.With("Strides", $"{geometry.Stride}");
        return geometry.PaddingOver(source.Axis!.Count) switch
        {
            Padding.Valid => layer,
            { } padding => layer.With("Padding", $"Padding.{padding}"),
            null => throw new UnsupportedModelException(
                $"windows of {geometry.KernelSize} steps every {geometry.Stride}, with {geometry.Before} before and {geometry.Behind} behind {source.Axis.Count} steps: NanoRnn has layers for none (valid), as few as needed " +
                "on both sides (same), or all before (causal). Pad the data, and export the model without padding."),
        };
    }

    /// <summary>The number of a layer that attention reads, which the model's input is none.</summary>
    private int Attended(Value value) => Number(value) is var number && number != ModelInput ? number : _numbers[value] = Add(new("Activation", "Activation.Linear", [number]));

    private int Recurrent(Value source, RecurrentLayer layer, bool isSequence)
    {
        // A sequence that is made backwards and stays in order is the second half of a layer that goes in both directions.
        var isHalf = isSequence && layer.Direction == RecurrentDirection.Backward;
        var kind = layer.Kind switch { "LSTM" => "Lstm", "GRU" => "Gru", _ => "SimpleRnn" };
        var hasPeepholes = layer.Cells.Any(cell => cell.Peepholes is not null);
        if (hasPeepholes && !_methods.Contains(ImportedMethod.PeepholeLstm))
            _methods.Add(ImportedMethod.PeepholeLstm);
        var result = hasPeepholes ? new ImportedLayer("CustomRnn", $"nameof({_model}.{ImportedMethod.PeepholeLstm.Name}), {layer.Units}", [Number(source)])
            : new ImportedLayer(kind, $"{layer.Units}", [Number(source)]);
        AddActivation(result, "Activation", "Tanh", layer.Activation);
        if (layer.Kind != "RNN")
            AddActivation(result, "RecurrentActivation", "Sigmoid", layer.RecurrentActivation);
        if (layer is { Kind: "GRU", ResetsAfter: false })
            result.With("ResetAfter", "false");
        if (layer.Direction == RecurrentDirection.Both || isHalf)
            result.With("Direction", "Direction.Bidirectional");
        else if (layer.Direction == RecurrentDirection.Backward)
            result.With("GoBackwards", "true");
        if (isSequence)
            result.With("ReturnSequences", "true");
        IReadOnlyList<RecurrentCell> cells = isHalf ? [Nothing(layer.Cells[0]), layer.Cells[0]] : layer.Cells;
        if (cells.All(cell => cell.Bias is null))
            result.With("UseBias", "false");
        for (var i = 0; i < cells.Count; i++)
        {
            var (cell, prefix) = (cells[i], cells.Count == 1 ? "" : i == 0 ? "forward." : "backward.");
            var width = cell.RecurrentKernel.Length / layer.Units;
            var biasLength = cells.Max(other => other.Bias?.Length ?? 0);
            result.With(prefix + "kernel", [source.Features, width], cell.Kernel).With(prefix + "recurrent_kernel", [layer.Units, width], cell.RecurrentKernel)
                .With(prefix + "bias", biasLength == 2 * width ? [2, width] : [width], cell.Bias ?? (biasLength > 0 ? new double[biasLength] : null));
        }

        for (var i = 0; i < cells.Count && hasPeepholes; i++)
            foreach (var (gate, part) in Gates.Index())
            {
                var values = cells[i].Peepholes ?? new double[Gates.Length * layer.Units];
                result.With($"{(cells.Count == 1 ? "" : i == 0 ? "forward." : "backward.")}{part}_peephole", [layer.Units], values[(gate * layer.Units)..((gate + 1) * layer.Units)]);
            }

        if (layer.LearnedState is { } states)
        {
            result.With("TrainableInitialState", "true");
            var length = states.Length / layer.Cells.Count;
            for (var i = 0; i < cells.Count; i++)
                result.With(
                    (cells.Count == 1 ? "" : i == 0 ? "forward." : "backward.") + "initial_state", [length / layer.Units, layer.Units],
                    !isHalf ? [.. states.Skip(i * length).Take(length)] : i == 1 ? states : new double[length]);
        }

        var number = Add(result);
        return isHalf ? Add(new("Slice", $"{layer.Units}, {layer.Units}", [number])) : number;

        static RecurrentCell Nothing(RecurrentCell cell) => new(new double[cell.Kernel.Length], new double[cell.RecurrentKernel.Length], cell.Bias is null ? null : new double[cell.Bias.Length]);
    }

    private void AddActivation(ImportedLayer layer, string option, string usual, ScalarFunction function)
    {
        if (FunctionText.Activation(function) is not { } activation)
            layer.With(option + "Method", Method(function));
        else if (activation != usual)
            layer.With(option, $"Activation.{activation}");
    }

    /// <summary>A method of the class for a function that is none of the activations.</summary>
    private string Method(ScalarFunction function)
    {
        var body = FunctionText.Body(function)
            ?? throw new UnsupportedModelException($"the function {function.Name}: NanoRnn has no activation for it, and methods cannot say it (docs/functions.md).");
        var known = _methods.Find(method => method == ImportedMethod.Function(method.Name, body));
        if (known is null)
        {
            var count = _methods.Count(method => method.Name.StartsWith(function.Name, StringComparison.Ordinal));
            _methods.Add(known = ImportedMethod.Function(count == 0 ? function.Name : $"{function.Name}{count + 1}", body));
        }

        return $"nameof({_model}.{known.Name})";
    }

    private int Number(Value value) => _numbers[value];

    private int Add(ImportedLayer layer)
    {
        _layers.Add(layer);
        return _layers.Count - 1;
    }

    /// <summary>Features as a product with zeros and ones.</summary>
    private static Value.Affine Selection(Value source, int[] indices)
    {
        var kernel = new double[source.Features * indices.Length];
        for (var i = 0; i < indices.Length; i++)
            kernel[indices[i] * indices.Length + i] = 1;
        return new Value.Affine(source, kernel, null);
    }

    private static double[] Diagonal(double[] values)
    {
        var matrix = new double[values.Length * values.Length];
        for (var i = 0; i < values.Length; i++)
            matrix[i * values.Length + i] = values[i];
        return matrix;
    }

    /// <summary>A name for an output, of which a property can be made.</summary>
    private static string Identifier(string name, int number)
    {
        var letters = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '_')).Trim('_');
        return letters.Length > 0 && char.IsAsciiLetter(letters[0]) ? letters : $"output_{number}{(letters.Length > 0 ? "_" : "")}{letters}";
    }
}
