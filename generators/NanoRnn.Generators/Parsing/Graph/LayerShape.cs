namespace NanoRnn.Generators.Parsing.Graph;

/// <summary>What a layer gives.</summary>
/// <param name="Features">How many features, or 0 where that is not known for a mistake.</param>
/// <param name="Steps">When there is an output, in words; equal words are equal steps.</param>
/// <param name="LastState">The recurrent layer that made one vector of the sequence; null if there is an output at every step.</param>
internal readonly record struct LayerShape(long Features, string Steps, LayerSpec? LastState)
{
    private const string Every = "at every time step";
    private const string EveryReversed = "at every time step, the last one first";

    /// <summary>The model's input.</summary>
    public static LayerShape Input(int inputSize) => new(inputSize, Every, null);

    /// <summary>So many steps, whatever the input's are.</summary>
    public LayerShape Repeated(int count) => new(Features, $"at each of {count} steps", null);

    /// <summary>After the last step, of a recurrent layer.</summary>
    public LayerShape Last(LayerSpec recurrent) => new(Features, "once a sequence", recurrent);

    /// <summary>The same steps in the opposite order.</summary>
    public LayerShape Reversed => this with { Steps = Steps == Every ? EveryReversed : Steps == EveryReversed ? Every : Steps };
}
