using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>Checks whether a decoder fits its encoder.</summary>
/// <param name="model">Name of the class.</param>
/// <param name="encoder">The layers before the decoder.</param>
/// <param name="decoder">The decoder's attribute and the layers behind it.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class DecoderChecker(
    string model,
    IReadOnlyList<(LayerSpec Layer, Location Location)> encoder,
    IReadOnlyList<(LayerSpec Layer, Location Location)> decoder,
    List<DiagnosticInfo> diagnostics)
{
    public void Check()
    {
        var marker = decoder[0];
        var layers = decoder.Skip(1).ToArray();
        if (encoder.Concat(decoder).Where((item, i) => !item.Layer.ReadsAbove(i)).FirstOrDefault().Layer is { } reader)
            Report(marker.Location, $"takes each layer's input from the one above, but '{reader.Name}' names what it reads");
        else if (layers.FirstOrDefault(item => item.Layer.Kind == LayerKind.Decoder).Layer is not null)
            Report(decoder[0].Location, "is given twice");
        else if (layers.Length == 0 || layers[0].Layer.Kind != LayerKind.Embedding)
            Report(marker.Location, "must begin with an embedding of target tokens: put [Embedding(tokens, dimensions)] behind it");
        else if (layers[layers.Length - 1].Layer is not { Kind: LayerKind.Dense, Activation: ActivationKind.Softmax } last)
            Report(layers[layers.Length - 1].Location, "must end with a dense layer with softmax, which chooses the next token");
        else if (last.Units != layers[0].Layer.Vocabulary)
            Report(layers[layers.Length - 1].Location, $"ends with {last.Units} units, but its embedding has {layers[0].Layer.Vocabulary} tokens");
        else if (!IsToken(marker.Layer.StartToken, layers[0].Layer) || !IsToken(marker.Layer.EndToken, layers[0].Layer))
            Report(marker.Location, $"starts or ends with a token that its embedding of {layers[0].Layer.Vocabulary} tokens does not have");
        else if (layers[0].Layer.MaskZero && (marker.Layer.StartToken == 0 || marker.Layer.EndToken == 0))
            Report(marker.Location, "starts or ends with token 0, which is padding when MaskZero is true");
        else
            CheckLayers(layers);
    }

    private static bool IsToken(int token, LayerSpec embedding) => token >= 0 && token < embedding.Vocabulary;

    private void CheckLayers((LayerSpec Layer, Location Location)[] layers)
    {
        foreach (var (layer, location) in layers.Skip(1).Concat(encoder))
            if (layer.Kind == LayerKind.RepeatVector || layer.IsBidirectional)
                Report(location, $"cannot be used with {(layer.IsBidirectional ? "a bidirectional layer" : "RepeatVector")}: '{layer.Name}'");
        foreach (var (layer, location) in layers.Skip(1))
            if (layer.Kind is LayerKind.Embedding or LayerKind.Masking || layer.GoBackwards || layer.HasWindows || layer.IsGlobalPooling)
                Report(location, $"makes its tokens one after the other, which '{layer.Name}' cannot");
            else if (layer.TrainableInitialState)
                Report(location, $"starts where its encoder ended: leave TrainableInitialState out on '{layer.Name}'");
            else if (layer.IsRecurrent && !layer.ReturnSequences)
                Report(location, $"gives an output at every step: set ReturnSequences = true on '{layer.Name}'");

        var (sources, targets) = (encoder.Where(item => item.Layer.IsRecurrent).ToArray(), layers.Where(item => item.Layer.IsRecurrent).ToArray());
        if (sources.Length == 0 || !encoder[encoder.Count - 1].Layer.IsRecurrent)
            Report(decoder[0].Location, "needs an encoder before it that ends with a recurrent layer");
        else if (encoder[encoder.Count - 1].Layer.ReturnSequences)
            Report(encoder[encoder.Count - 1].Location, $"reads the last state of '{encoder[encoder.Count - 1].Layer.Name}' alone: leave ReturnSequences out there");
        else if (sources.Length != targets.Length)
            Report(decoder[0].Location, $"has {targets.Length} recurrent layers, its encoder {sources.Length}: each starts where one of the encoder's ended");
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

    private void Report(Location location, string reason) =>
        diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.InvalidDecoder, location, model, reason));
}
