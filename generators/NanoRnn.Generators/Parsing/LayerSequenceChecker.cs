using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>Checks whether each layer can take what the one before it gives.</summary>
internal sealed class LayerSequenceChecker(
    string model, IReadOnlyList<(LayerSpec Layer, Location Location)> layers, List<DiagnosticInfo> diagnostics)
{
    public void Check()
    {
        var (encoder, decoder) = Split();
        CheckChain(encoder);
        CheckMask(encoder);
        CheckScaling();
        if (encoder.Count > 0 && encoder.All(item => item.Layer.Kind is LayerKind.Dropout))
            Report(DiagnosticDescriptors.NoLayers, encoder[encoder.Count - 1].Location, model);
        if (decoder is not null)
            new DecoderChecker(model, encoder, decoder, diagnostics).Check();
    }

    private (IReadOnlyList<(LayerSpec Layer, Location Location)> Encoder, IReadOnlyList<(LayerSpec Layer, Location Location)>? Decoder) Split()
    {
        var encoder = layers.TakeWhile(item => item.Layer.Kind != LayerKind.Decoder).ToArray();
        return (encoder, encoder.Length == layers.Count ? null : layers.Skip(encoder.Length).ToArray());
    }

    private void CheckChain(IReadOnlyList<(LayerSpec Layer, Location Location)> chain)
    {
        // The layer that made one vector of the sequence, or none.
        LayerSpec? last = null;
        for (var i = 0; i < chain.Count; i++)
        {
            var (layer, location) = chain[i];
            if (layer.Kind is LayerKind.Embedding or LayerKind.Masking && i > 0)
                Report(DiagnosticDescriptors.NotFirstLayer, location, layer.Name, chain[i - 1].Layer.Name);
            if (layer.IsRecurrent && last is not null)
                Report(DiagnosticDescriptors.RecurrentAfterLastState, location, layer.Name, last.Name);
            if (layer.IsRecurrent && !layer.ReturnSequences)
                last = layer;
            if (layer.Kind != LayerKind.RepeatVector)
                continue;
            if (last is null)
                Report(DiagnosticDescriptors.RepeatsSequence, location, layer.Name, Suggestion(chain, i));
            last = null;
        }
    }

    private static string Suggestion(IReadOnlyList<(LayerSpec Layer, Location Location)> chain, int index) =>
        chain.Take(index).LastOrDefault(item => item.Layer.IsRecurrent).Layer is { } recurrent
            ? $": set ReturnSequences = false on '{recurrent.Name}'"
            : ": put a recurrent layer before it";

    private void CheckMask(IReadOnlyList<(LayerSpec Layer, Location Location)> chain)
    {
        if (chain.Count > 0 && chain[0].Layer.Masks && !chain.Any(item => item.Layer.IsRecurrent))
            Report(DiagnosticDescriptors.MaskWithoutState, chain[0].Location, chain[0].Layer.Name);
    }

    /// <summary>Data come in and go out in units of their own at the two ends of a model alone.</summary>
    private void CheckScaling()
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var (layer, location) = layers[i];
            var before = layers.Take(i).LastOrDefault(item => item.Layer.Kind is not LayerKind.Dropout).Layer;
            if (layer.Kind == LayerKind.Normalization && i > 0 && !(i == 1 && layers[0].Layer.Kind == LayerKind.Masking))
                Report(DiagnosticDescriptors.NormalizationNotFirst, location, layer.Name, layers[i - 1].Layer.Name);
            if (layer.Kind != LayerKind.Denormalization)
                continue;
            if (i < layers.Count - 1)
                Report(DiagnosticDescriptors.DenormalizationNotLast, location, layer.Name, layers[i + 1].Layer.Name);
            if (before is { Activation: ActivationKind.Softmax })
                Report(DiagnosticDescriptors.DenormalizedClasses, location, layer.Name, before.Name);
        }
    }

    private void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Create(descriptor, location, arguments));
}
