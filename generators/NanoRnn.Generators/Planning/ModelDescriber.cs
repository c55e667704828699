using System.Globalization;
using NanoRnn.Generators.Parsing;
using NanoRnn.Storage;

namespace NanoRnn.Generators.Planning;

/// <summary>Says of a model's layers what a file of its weights has to know; see <see cref="ModelDescription"/>.</summary>
/// <remarks>What is written here is read for ever: an option that comes later is written only where it has not its default.</remarks>
internal static class ModelDescriber
{
    public static string Describe(ModelSpec model) => string.Join(
        ModelDescription.Separator,
        [
            ModelDescription.Version,
            model.TakesTokens ? "Input input tokens=1" : $"Input input features={model.InputSize}",
            .. model.Layers.Select((layer, i) => (Layer: layer, Number: i)).Where(item => item.Layer.Kind != LayerKind.Dropout)
                .Select(item => Describe(item.Layer, InputsOf(model, item.Number))),
            .. model.Outputs.Count == 0 || model.Outputs.SequenceEqual([model.Layers.Count - 1])
                ? Array.Empty<string>()
                : [$"Output output inputs={Names(model, model.Outputs)}"],
        ]);

    private static string Describe(LayerSpec layer, string? inputs) => string.Join(
        " ",
        [
            layer.Kind.ToString(), layer.Name, .. OptionsOf(layer).Select(option => $"{option.Name}={option.Value}"),
            .. inputs is null ? Array.Empty<string>() : [$"inputs={inputs}"],
        ]);

    /// <summary>What a layer reads, past dropouts, which change nothing in prediction; null where that is the layer above.</summary>
    private static string? InputsOf(ModelSpec model, int layer) =>
        model.Layers[layer].Inputs.Select(input => Computing(model, input)).SequenceEqual([Computing(model, layer - 1)])
            ? null
            : Names(model, model.Layers[layer].Inputs);

    private static string Names(ModelSpec model, IEnumerable<int> layers) =>
        string.Join(",", layers.Select(layer => model.NameOf(Computing(model, layer))));

    private static int Computing(ModelSpec model, int layer) => LayerSpec.PastDropouts(layer, number => model.Layers[number]);

    private static IEnumerable<(string Name, string Value)> OptionsOf(LayerSpec layer) => layer.Kind switch
    {
        LayerKind.Dense => [Units(layer), Activation(layer), UseBias(layer)],
        LayerKind.MaxPooling1D or LayerKind.AveragePooling1D => Windows(layer).Where(option => option.Name != "dilation_rate"),
        LayerKind.GlobalMaxPooling1D or LayerKind.GlobalAveragePooling1D or LayerKind.PReLU or LayerKind.Attention or LayerKind.AdditiveAttention => [],
        LayerKind.Conv1D => [Units(layer), .. Windows(layer), .. Positions(layer), Activation(layer), UseBias(layer)],
        LayerKind.ZeroPadding1D or LayerKind.ReflectionPadding1D =>
        [
            ("before", Text(layer.Before)), ("behind", Text(layer.Behind)), .. Positions(layer),
        ],
        LayerKind.SimpleRnn => [Units(layer), Activation(layer), UseBias(layer), .. Recurrent(layer)],
        LayerKind.Lstm => [Units(layer), Activation(layer), RecurrentActivation(layer), UseBias(layer), .. Recurrent(layer)],
        LayerKind.Gru =>
        [
            Units(layer), Activation(layer), RecurrentActivation(layer), UseBias(layer), ("reset_after", Text(layer.ResetAfter)), .. Recurrent(layer),
        ],
        LayerKind.CustomRnn =>
        [
            Units(layer), ("cell", ComputationDigest.Of(layer.Cell!)), Activation(layer), RecurrentActivation(layer), .. Recurrent(layer),
        ],
        LayerKind.Embedding => [("vocabulary", Text(layer.Vocabulary)), ("dimensions", Text(layer.Units)), ("mask_zero", Text(layer.MaskZero))],
        LayerKind.RepeatVector => [("count", Text(layer.Count))],
        LayerKind.LayerNormalization => [("epsilon", Text(layer.Epsilon))],
        LayerKind.BatchNormalization => [("epsilon", Text(layer.Epsilon)), ("scale", Text(layer.Scale)), ("center", Text(layer.Center))],
        LayerKind.Normalization or LayerKind.Denormalization => [("kind", layer.NormalizationKind == NormalizationKind.Standard ? "standard" : "min_max")],
        LayerKind.Masking => [("mask_value", Text(layer.MaskValue))],
        LayerKind.Activation or LayerKind.Lambda => [Activation(layer)],
        LayerKind.Concatenate or LayerKind.Add or LayerKind.Subtract or LayerKind.Multiply or LayerKind.Average => [],
        LayerKind.Slice => [("start", Text(layer.Start)), ("length", Text(layer.Units))],
        LayerKind.Decoder =>
        [
            ("start_token", Text(layer.StartToken)), ("end_token", Text(layer.EndToken)),
            .. layer.UseEncoderState ? Array.Empty<(string, string)>() : [("use_encoder_state", Text(false))],
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Kind, "a layer without a description"),
    };

    private static IEnumerable<(string Name, string Value)> Recurrent(LayerSpec layer)
    {
        yield return ("return_sequences", Text(layer.ReturnSequences));
        yield return ("go_backwards", Text(layer.GoBackwards));
        yield return ("direction", SnakeCase.Of(layer.Direction.ToString()));
        if (layer.TrainableInitialState)
            yield return ("trainable_initial_state", Text(true));
        if (layer.IsBidirectional)
            yield return ("merge_mode", SnakeCase.Of(layer.MergeMode.ToString()));
    }

    private static IEnumerable<(string Name, string Value)> Windows(LayerSpec layer) =>
    [
        ("kernel_size", Text(layer.KernelSize)), ("strides", Text(layer.Strides)), ("dilation_rate", Text(layer.DilationRate)),
        ("padding", SnakeCase.Of(layer.Padding.ToString())),
    ];

    private static IEnumerable<(string Name, string Value)> Positions(LayerSpec layer)
    {
        if (layer.Positions > 0)
            yield return ("positions", Text(layer.Positions));
        if (layer.Groups > 1)
            yield return ("groups", Text(layer.Groups));
    }

    private static (string Name, string Value) Units(LayerSpec layer) => ("units", Text(layer.Units));

    private static (string Name, string Value) UseBias(LayerSpec layer) => ("use_bias", Text(layer.UseBias));

    private static (string Name, string Value) Activation(LayerSpec layer) => (
        "activation", layer.ActivationMethod is { } method ? ComputationDigest.Of(method) : SnakeCase.Of(layer.Activation.ToString()));

    private static (string Name, string Value) RecurrentActivation(LayerSpec layer) => (
        "recurrent_activation",
        layer.RecurrentActivationMethod is { } method ? ComputationDigest.Of(method) : SnakeCase.Of(layer.RecurrentActivation.ToString()));

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
