using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing.Graph;

/// <summary>Finds out what every layer gives, and whether each can take what those that it reads give.</summary>
/// <param name="inputSize">Features of the model's input.</param>
/// <param name="layers">The layers with their attributes.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class ShapeChecker(
    int inputSize, IReadOnlyList<(LayerSpec Layer, Location Location)> layers, List<DiagnosticInfo> diagnostics)
{
    /// <summary>The most numbers that a convolution keeps of the past.</summary>
    private const int MaxPast = 1 << 24;

    private readonly List<LayerShape> _shapes = [];

    /// <summary>The shapes of all layers.</summary>
    public IReadOnlyList<LayerShape> Check()
    {
        foreach (var (layer, location) in layers)
            _shapes.Add(Infer(layer, location));
        return _shapes;
    }

    /// <summary>Whether outputs that are to lie side by side have the same steps.</summary>
    public void CheckOutputs(EquatableArray<int> outputs, Location location) => CheckSteps("Output", outputs, location);

    /// <summary>Whether an output has the steps of the input, a number of its own, or none.</summary>
    public void CheckOutput(int output)
    {
        if (_shapes[output].Windows is { } windows)
            Report(DiagnosticDescriptors.OutputHasOwnSteps, layers[output].Location, layers[output].Layer.Name, windows.Name);
    }

    private LayerShape ShapeOf(int layer) => layer == ModelSpec.ModelInput ? LayerShape.Input(inputSize) : _shapes[layer];

    private string NameOf(int layer) => layer == ModelSpec.ModelInput ? ModelSpec.ModelInputName : layers[layer].Layer.Name;

    private LayerShape Infer(LayerSpec layer, Location location)
    {
        var input = ShapeOf(layer.Inputs[0]);
        switch (layer.Kind)
        {
            case LayerKind.RepeatVector:
                if (input.LastState is null)
                    Report(DiagnosticDescriptors.RepeatsSequence, location, layer.Name, Suggestion(layer));
                return input.Repeated(layer.Count);
            case LayerKind.Slice:
                return Slice(layer, input, location);
            case LayerKind.Attention or LayerKind.AdditiveAttention:
                return Attend(layer, input, location);
            case LayerKind.Decoder:
                return LayerShape.Target;
            case LayerKind.Concatenate:
                CheckSteps(layer.Name, layer.Inputs, location);
                return Limit(layer, input with { Features = layer.Inputs.Sum(source => ShapeOf(source).Features) }, location);
            case LayerKind.Add or LayerKind.Subtract or LayerKind.Multiply or LayerKind.Average:
                CheckSteps(layer.Name, layer.Inputs, location);
                CheckSizes(layer.Name, layer.Inputs, location);
                return input;
            case LayerKind.Conv1D when layer.Positions > 0:
                return OverPositions(layer, input, location);
            case LayerKind.ZeroPadding1D or LayerKind.ReflectionPadding1D:
                return Pad(layer, input, location);
            case LayerKind.Conv1D:
                CheckGroups(layer, input.Features, location);
                return InWindows(layer, Convolution(layer, Sequence(layer, input, location), location), location);
            case LayerKind.MaxPooling1D or LayerKind.AveragePooling1D:
                return InWindows(layer, Sequence(layer, input, location), location);
            case LayerKind.GlobalMaxPooling1D or LayerKind.GlobalAveragePooling1D:
                return Sequence(layer, input, location).Last(layer);
            case LayerKind.Embedding or LayerKind.Dense:
                return input with { Features = layer.Units };
            default:
                return layer.IsRecurrent ? Recurrent(layer, input, location) : input;
        }
    }

    /// <summary>What a layer reads that needs every step.</summary>
    private LayerShape Sequence(LayerSpec layer, LayerShape input, Location location)
    {
        if (input.LastState is { } last)
            Report(
                DiagnosticDescriptors.RecurrentAfterLastState, location,
                layer.Name, last.Name, last.IsRecurrent ? "only its last output: set ReturnSequences = true on it" : "one vector for all steps");
        return input;
    }

    private LayerShape Convolution(LayerSpec layer, LayerShape input, Location location)
    {
        var past = (layer.KernelSize - 1L) * layer.DilationRate * input.Features;
        if (layer.KernelSize * input.Features is var seen && seen > LayerParser.MaxSize)
            Report(
                DiagnosticDescriptors.SizeOutOfRange, location,
                $"The kernel size times the features of the input of '{layer.Name}'", LayerParser.Text(LayerParser.MaxSize), LayerParser.Text(seen));
        else if (past > MaxPast)
            Report(
                DiagnosticDescriptors.SizeOutOfRange, location,
                $"The kernel size less one times the dilation rate times the features of the input of '{layer.Name}'",
                LayerParser.Text(MaxPast), LayerParser.Text(past));
        return input with { Features = layer.Units };
    }

    private LayerShape OverPositions(LayerSpec layer, LayerShape input, Location location)
    {
        if (!CheckPositions(layer, input, location))
            return input with { Features = 0 };
        CheckGroups(layer, input.Features / layer.Positions, location);
        var outputs = layer.Windows.Count(layer.Positions);
        if (outputs == 0)
            Report(
                DiagnosticDescriptors.SizeOutOfRange, location,
                $"The number of positions that '{layer.Name}' sees at once", LayerParser.Text(layer.Positions), LayerParser.Text(layer.Windows.Span));
        return Limit(layer, input with { Features = outputs * layer.Units }, location);
    }

    private LayerShape Pad(LayerSpec layer, LayerShape input, Location location)
    {
        if (!CheckPositions(layer, input, location))
            return input with { Features = 0 };
        var positions = layer.Positions > 0 ? layer.Positions : input.Features;
        var most = layer.Kind == LayerKind.ReflectionPadding1D ? positions - 1 : LayerParser.MaxSize;
        foreach (var added in new[] { layer.Before, layer.Behind })
            if ((added < 0 || added > most) && input.Features > 0)
            {
                Report(
                    DiagnosticDescriptors.NumberOutOfRange, location,
                    "A number of positions", layer.Name, $"from 0 to {LayerParser.Text(most)}", LayerParser.Text(added));
                return input with { Features = 0 };
            }

        return Limit(layer, input with { Features = input.Features / Math.Max(1, positions) * (positions + layer.Before + layer.Behind) }, location);
    }

    /// <summary>Whether a step's features are so many positions.</summary>
    private bool CheckPositions(LayerSpec layer, LayerShape input, Location location)
    {
        if (layer.Positions == 0 || input.Features % layer.Positions == 0)
            return true;
        Report(
            DiagnosticDescriptors.DoesNotDivide, location,
            layer.Name, NameOf(layer.Inputs[0]), LayerParser.Text(input.Features), "features", LayerParser.Text(layer.Positions), "positions");
        return false;
    }

    private void CheckGroups(LayerSpec layer, long channels, Location location)
    {
        if (channels % layer.Groups != 0)
            Report(
                DiagnosticDescriptors.DoesNotDivide, location,
                layer.Name, NameOf(layer.Inputs[0]), LayerParser.Text(channels), layer.Positions > 0 ? "channels" : "features", LayerParser.Text(layer.Groups), "groups");
        else if (layer.Units % layer.Groups != 0)
            Report(
                DiagnosticDescriptors.DoesNotDivide, location,
                layer.Name, layer.Name, LayerParser.Text(layer.Units), "filters", LayerParser.Text(layer.Groups), "groups");
    }

    private LayerShape InWindows(LayerSpec layer, LayerShape input, Location location)
    {
        var output = input.InWindows(layer);
        if (output.Count == 0)
            Report(
                DiagnosticDescriptors.SizeOutOfRange, location,
                $"The number of steps that '{layer.Name}' sees at once", LayerParser.Text(input.Count!.Value), LayerParser.Text(layer.Windows.Span));
        return output;
    }

    private LayerShape Recurrent(LayerSpec layer, LayerShape input, Location location)
    {
        Sequence(layer, input, location);
        var output = input with { Features = layer.IsBidirectional && layer.MergeMode == MergeKind.Concat ? 2L * layer.Units : layer.Units };
        return !layer.ReturnSequences ? output.Last(layer) : layer.GoBackwards ? output.Reversed : output;
    }

    private LayerShape Attend(LayerSpec layer, LayerShape query, Location location)
    {
        var (value, key) = (layer.Inputs[1], layer.Inputs[2]);
        if (layer.Inputs.Any(IsModelInput))
            Report(DiagnosticDescriptors.CannotAttend, location, layer.Name, ModelSpec.ModelInputName, "put a dense layer between them");
        else if (ShapeOf(value).LastState is { } last)
            Report(
                DiagnosticDescriptors.CannotAttend, location,
                layer.Name, NameOf(value), last.IsRecurrent ? $"it is only the last output of '{last.Name}': set ReturnSequences = true on it" : $"'{last.Name}' made one vector of all steps");
        else
        {
            CheckSteps(layer.Name, new([value, key]), location);
            CheckSizes(layer.Name, new([layer.Inputs[0], key]), location);
        }

        return query with { Features = ShapeOf(value).Features };
    }

    /// <summary>Whether what arrives there in prediction is the model's input.</summary>
    private bool IsModelInput(int layer)
    {
        layer = LayerSpec.PastDropouts(layer, number => layers[number].Layer);
        return layer == ModelSpec.ModelInput || layers[layer].Layer.Kind == LayerKind.Masking;
    }

    private LayerShape Slice(LayerSpec layer, LayerShape input, Location location)
    {
        if (layer.Start < 0 || layer.Units < 1 || input.Features > 0 && layer.Start + (long)layer.Units > input.Features)
            Report(
                DiagnosticDescriptors.SliceOutOfRange, location,
                layer.Name, LayerParser.Text(layer.Units), LayerParser.Text(layer.Start), NameOf(layer.Inputs[0]), LayerParser.Text(input.Features));
        return input with { Features = layer.Units };
    }

    private LayerShape Limit(LayerSpec layer, LayerShape shape, Location location)
    {
        if (shape.Features > LayerParser.MaxSize)
            Report(
                DiagnosticDescriptors.SizeOutOfRange, location,
                $"The number of features of '{layer.Name}'", LayerParser.Text(LayerParser.MaxSize), LayerParser.Text(shape.Features));
        return shape;
    }

    private void CheckSizes(string reader, EquatableArray<int> inputs, Location location)
    {
        var (first, size) = (inputs[0], ShapeOf(inputs[0]).Features);
        foreach (var other in inputs)
            if (ShapeOf(other).Features is var features && features != size && features > 0 && size > 0)
            {
                Report(
                    DiagnosticDescriptors.SizesDiffer, location,
                    reader, NameOf(first), LayerParser.Text(size), NameOf(other), LayerParser.Text(features));
                return;
            }
    }

    private void CheckSteps(string reader, EquatableArray<int> inputs, Location location)
    {
        var steps = inputs.Select(input => ShapeOf(input).Steps).ToArray();
        for (var i = 1; i < steps.Length; i++)
            if (steps[i] != steps[0])
            {
                Report(DiagnosticDescriptors.StepsDiffer, location, reader, NameOf(inputs[0]), steps[0], NameOf(inputs[i]), steps[i]);
                return;
            }
    }

    /// <summary>What to do so that there is a vector to repeat.</summary>
    private string Suggestion(LayerSpec layer)
    {
        for (var source = layer.Inputs[0]; source >= 0; source = layers[source].Layer.Inputs[0])
            if (layers[source].Layer is { IsRecurrent: true } recurrent)
                return $": set ReturnSequences = false on '{recurrent.Name}'";
        return ": put a recurrent layer before it";
    }

    private void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Create(descriptor, location, arguments));
}
