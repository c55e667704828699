using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing.Graph;

namespace NanoRnn.Generators.Parsing;

/// <summary>Checks whether layers fit together.</summary>
/// <param name="model">Name of the class.</param>
/// <param name="inputSize">Features of the model's input.</param>
/// <param name="list">Its layers and outputs.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class LayerSequenceChecker(string model, int inputSize, LayerListParser list, List<DiagnosticInfo> diagnostics)
{
    private readonly List<(LayerSpec Layer, Location Location)> _layers = list.Layers;

    /// <summary>The shapes of all layers, whether they fit or not.</summary>
    /// <param name="output">The attribute that names outputs, or null.</param>
    public IReadOnlyList<LayerShape> Check(AttributeData? output)
    {
        // Without an order nothing that follows from it is said.
        if (list.IsSpread)
            return new ShapeChecker(inputSize, _layers, []).Check();
        var (encoder, decoder) = Split();
        var shapes = CheckGraph(encoder, decoder is null ? output : null);
        CheckMask(encoder);
        CheckScaling();
        if (encoder.Count > 0 && encoder.All(item => item.Layer.Kind is LayerKind.Dropout))
            Report(DiagnosticDescriptors.NoLayers, encoder[encoder.Count - 1].Location, model);
        if (decoder is null)
        {
            CheckUse(output is not null);
            return shapes;
        }

        if (output is not null)
            Report(DiagnosticDescriptors.InvalidOutput, LayerParser.LocationOf(output), model, "cannot be used with a decoder, whose last layer chooses tokens");

        var mistakes = new List<DiagnosticInfo>();
        var all = new ShapeChecker(inputSize, _layers, mistakes).Check();

        // What a layer reads whose name is wrong is not known, so nothing is said about it.
        if (diagnostics.Any(mistake => mistake.Id == DiagnosticDescriptors.InputNotFound.Id || mistake.Id == DiagnosticDescriptors.InputNotAbove.Id))
            return all;
        var known = diagnostics.Count;
        new DecoderChecker(model, _layers, encoder.Count, diagnostics).Check();
        if (diagnostics.Count == known)
        {
            diagnostics.AddRange(mistakes.Except(diagnostics));
            CheckUse(namesOutputs: false);
        }

        return all;
    }

    private (IReadOnlyList<(LayerSpec Layer, Location Location)> Encoder, IReadOnlyList<(LayerSpec Layer, Location Location)>? Decoder) Split()
    {
        var encoder = _layers.TakeWhile(item => item.Layer.Kind != LayerKind.Decoder).ToArray();
        return (encoder, encoder.Length == _layers.Count ? null : _layers.Skip(encoder.Length).ToArray());
    }

    private IReadOnlyList<LayerShape> CheckGraph(IReadOnlyList<(LayerSpec Layer, Location Location)> encoder, AttributeData? output)
    {
        for (var i = 1; i < encoder.Count; i++)
            if (encoder[i].Layer.Kind is LayerKind.Embedding or LayerKind.Masking)
                Report(DiagnosticDescriptors.NotFirstLayer, encoder[i].Location, encoder[i].Layer.Name, encoder[i - 1].Layer.Name);
        var checker = new ShapeChecker(inputSize, encoder, diagnostics);
        var shapes = checker.Check();
        if (output is not null && list.Outputs.Count > 0)
            checker.CheckOutputs(list.Outputs, LayerParser.LocationOf(output));
        if (encoder.Count == _layers.Count)
            foreach (var number in list.Outputs.Count > 0 ? list.Outputs : new([encoder.Count - 1]))
                if (number >= 0 && number < encoder.Count)
                    checker.CheckOutput(number);
        return shapes;
    }

    /// <summary>Every layer but the last is read by another, or is an output.</summary>
    private void CheckUse(bool namesOutputs)
    {
        var used = new HashSet<int>(_layers.SelectMany(item => item.Layer.Inputs).Concat(list.Outputs));
        for (var i = 0; i < _layers.Count - (namesOutputs ? 0 : 1); i++)
            if (!used.Contains(i) && _layers[i].Layer.Kind is not (LayerKind.Masking or LayerKind.Decoder))
                Report(DiagnosticDescriptors.LayerUnused, _layers[i].Location, _layers[i].Layer.Name);
    }

    private void CheckMask(IReadOnlyList<(LayerSpec Layer, Location Location)> chain)
    {
        if (chain.Count > 0 && chain[0].Layer.Masks && !chain.Any(item => item.Layer.IsRecurrent || item.Layer.IsGlobalPooling))
            Report(DiagnosticDescriptors.MaskWithoutState, chain[0].Location, chain[0].Layer.Name);
        if (chain.Count == 0 || chain[0].Layer is not { Masks: true } mask)
            return;
        foreach (var (layer, location) in chain)
            if (layer.HasWindows)
                Report(
                    DiagnosticDescriptors.WindowsUnderMask, location,
                    layer.Name, mask.Name, mask.Kind == LayerKind.Masking ? "[Masking]" : "MaskZero");
    }

    /// <summary>Data come in and go out in units of their own at the two ends of a model alone.</summary>
    private void CheckScaling()
    {
        for (var i = 0; i < _layers.Count; i++)
        {
            var (layer, location) = _layers[i];
            if (layer.Kind == LayerKind.Normalization && i > 0 && !(i == 1 && _layers[0].Layer.Kind == LayerKind.Masking))
                Report(DiagnosticDescriptors.NormalizationNotFirst, location, layer.Name, _layers[i - 1].Layer.Name);
            if (layer.Kind != LayerKind.Denormalization)
                continue;
            if (i < _layers.Count - 1)
                Report(DiagnosticDescriptors.DenormalizationNotLast, location, layer.Name, _layers[i + 1].Layer.Name);
            var before = LayerSpec.PastDropouts(layer.Inputs[0], number => _layers[number].Layer);
            if (before >= 0 && _layers[before].Layer is { Activation: ActivationKind.Softmax } classes)
                Report(DiagnosticDescriptors.DenormalizedClasses, location, layer.Name, classes.Name);
        }
    }

    private void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Create(descriptor, location, arguments));
}
