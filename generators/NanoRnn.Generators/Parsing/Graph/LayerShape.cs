namespace NanoRnn.Generators.Parsing.Graph;

/// <summary>What a layer gives.</summary>
/// <param name="Features">How many features, or 0 where that is not known for a mistake.</param>
/// <param name="Steps">When there is an output, in words; equal words are equal steps.</param>
/// <param name="LastState">The layer that made one vector of the sequence; null if there is an output at every step.</param>
internal readonly record struct LayerShape(long Features, string Steps, LayerSpec? LastState)
{
    /// <summary>How many steps, if that does not depend on the input.</summary>
    public int? Count { get; init; }

    /// <summary>The layer whose windows the steps are; null if they are those of the input, or others of the model's own.</summary>
    public LayerSpec? Windows { get; init; }

    private const string Every = "at every time step";
    private const string EveryReversed = "at every time step, the last one first";

    /// <summary>The model's input.</summary>
    public static LayerShape Input(int inputSize) => new(inputSize, Every, null);

    /// <summary>The steps of a decoder, before its embedding.</summary>
    public static readonly LayerShape Target = new(0, "at every step of the target", null);

    /// <summary>So many steps, whatever the input's are.</summary>
    public LayerShape Repeated(int count) => new(Features, $"at each of {LayerParser.Text(count)} steps", null) { Count = count };

    /// <summary>Once for all steps, of a layer that makes one vector of them.</summary>
    public LayerShape Last(LayerSpec layer) => new(Features, "once a sequence", layer);

    /// <summary>Once for each of the windows in which a layer sees its input.</summary>
    public LayerShape InWindows(LayerSpec layer) =>
        layer.Windows.KeepsSteps ? this
        : Count is { } count ? Repeated((int)layer.Windows.Count(count))
        : this with
        {
            Steps = $"{Steps}, in windows of {LayerParser.Text(layer.Windows.Span)} every {LayerParser.Text(layer.Strides)} with Padding.{layer.Padding}",
            Windows = layer,
        };

    /// <summary>The same steps in the opposite order.</summary>
    public LayerShape Reversed => this with { Steps = Steps == Every ? EveryReversed : Steps == EveryReversed ? Every : Steps };
}
