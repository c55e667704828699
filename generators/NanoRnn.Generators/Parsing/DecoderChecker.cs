using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>Checks whether a decoder fits its encoder.</summary>
/// <param name="model">Name of the class.</param>
/// <param name="all">All layers.</param>
/// <param name="marker">Number of the decoder's attribute: the encoder stands before it, the decoder's layers behind it.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class DecoderChecker(
    string model, IReadOnlyList<(LayerSpec Layer, Location Location)> all, int marker, List<DiagnosticInfo> diagnostics)
{
    private readonly (LayerSpec Layer, Location Location)[] _encoder = [.. all.Take(marker)];
    private readonly (LayerSpec Layer, Location Location)[] _layers = [.. all.Skip(marker + 1)];

    private LayerSpec Decoder => all[marker].Layer;

    private bool Attends => _layers.Any(item => item.Layer.Attends);

    public void Check()
    {
        var location = all[marker].Location;
        if (_layers.FirstOrDefault(item => item.Layer.Kind == LayerKind.Decoder).Layer is not null)
            Report(location, "is given twice");
        else if (_layers.Length == 0 || _layers[0].Layer.Kind != LayerKind.Embedding)
            Report(location, "must begin with an embedding of target tokens: put [Embedding(tokens, dimensions)] behind it");
        else if (_layers[_layers.Length - 1].Layer is not { Kind: LayerKind.Dense, Activation: ActivationKind.Softmax } last)
            Report(_layers[_layers.Length - 1].Location, "must end with a dense layer with softmax, which chooses the next token");
        else if (last.Units != _layers[0].Layer.Vocabulary)
            Report(_layers[_layers.Length - 1].Location, $"ends with {last.Units} units, but its embedding has {_layers[0].Layer.Vocabulary} tokens");
        else if (!IsToken(Decoder.StartToken, _layers[0].Layer) || !IsToken(Decoder.EndToken, _layers[0].Layer))
            Report(location, $"starts or ends with a token that its embedding of {_layers[0].Layer.Vocabulary} tokens does not have");
        else if (_layers[0].Layer.MaskZero && (Decoder.StartToken == 0 || Decoder.EndToken == 0))
            Report(location, "starts or ends with token 0, which is padding when MaskZero is true");
        else
            CheckLayers();
    }

    private static bool IsToken(int token, LayerSpec embedding) => token >= 0 && token < embedding.Vocabulary;

    private void CheckLayers()
    {
        foreach (var (layer, location) in _layers.Skip(1).Concat(_encoder))
            if (layer.Kind == LayerKind.RepeatVector)
                Report(location, $"cannot be used with RepeatVector: '{layer.Name}'");
        foreach (var (layer, location) in Decoder.UseEncoderState ? all : _layers)
            if (layer.IsBidirectional)
                Report(location, $"cannot be used with a bidirectional layer: '{layer.Name}'{(Decoder.UseEncoderState ? "; where it only attends to one, set UseEncoderState = false" : "")}");
        for (var i = 0; i < _layers.Length; i++)
            CheckLayer(_layers[i].Layer, _layers[i].Location, isFirst: i == 0);
        if (Decoder.UseEncoderState)
            CheckStates();
        else if (!Attends)
            Report(all[marker].Location, "knows nothing of its source: attend to it with [Attention], or leave UseEncoderState out");
    }

    private void CheckLayer(LayerSpec layer, Location location, bool isFirst)
    {
        var (own, attended) = layer.Attends ? (layer.Inputs.Take(1), layer.Inputs.Skip(1)) : (layer.Inputs, []);
        foreach (var outside in own.Where(input => input < marker || input == marker && !isFirst))
            Report(location, $"goes through tokens of its own, but '{layer.Name}' reads '{NameOf(outside)}': attend to layers of the encoder with [Attention]");
        foreach (var inside in attended.Where(input => input >= marker).Distinct())
            Report(location, $"makes its tokens one after the other, so that '{layer.Name}' cannot attend to '{NameOf(inside)}', which is a part of it");
        if (isFirst)
            return;
        if (layer.Kind is LayerKind.Embedding or LayerKind.Masking || layer.GoBackwards || layer.HasWindows || layer.IsGlobalPooling)
            Report(location, $"makes its tokens one after the other, which '{layer.Name}' cannot");
        else if (layer.TrainableInitialState && Decoder.UseEncoderState)
            Report(location, $"starts where its encoder ended: leave TrainableInitialState out on '{layer.Name}'");
        else if (layer.IsRecurrent && !layer.ReturnSequences)
            Report(location, $"gives an output at every step: set ReturnSequences = true on '{layer.Name}'");
    }

    /// <summary>Each of its recurrent layers starts where one of the encoder's ended.</summary>
    private void CheckStates()
    {
        var (sources, targets) = (_encoder.Where(item => item.Layer.IsRecurrent).ToArray(), _layers.Where(item => item.Layer.IsRecurrent).ToArray());
        var last = _encoder.LastOrDefault();
        if (sources.Length == 0 || !last.Layer.IsRecurrent && !Attends)
            Report(all[marker].Location, "needs an encoder before it that ends with a recurrent layer");
        else if (last.Layer.ReturnSequences && !Attends)
            Report(last.Location, $"reads the last state of '{last.Layer.Name}' alone: leave ReturnSequences out there");
        else if (sources.Length != targets.Length)
            Report(all[marker].Location, $"has {targets.Length} recurrent layers, its encoder {sources.Length}: each starts where one of the encoder's ended");
        else
            for (var i = 0; i < sources.Length; i++)
                if (States(sources[i].Layer) != States(targets[i].Layer))
                    Report(
                        targets[i].Location,
                        $"cannot start '{targets[i].Layer.Name}' ({States(targets[i].Layer)}) where the encoder's " +
                        $"'{sources[i].Layer.Name}' ({States(sources[i].Layer)}) ended");
    }

    /// <summary>What the states of two layers must have in common, so that one can start where the other ended.</summary>
    private static string States(LayerSpec layer) =>
        $"{layer.Kind}, {layer.Units} units{(layer.Cell is { } cell ? $", {cell.States.Count} states" : "")}";

    private string NameOf(int layer) => layer == ModelSpec.ModelInput ? ModelSpec.ModelInputName : all[layer].Layer.Name;

    private void Report(Location location, string reason) =>
        diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.InvalidDecoder, location, model, reason));
}
