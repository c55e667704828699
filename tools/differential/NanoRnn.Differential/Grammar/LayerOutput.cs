namespace NanoRnn.Differential.Grammar;

/// <summary>What a layer gives those that read it.</summary>
/// <param name="Layer">Its number; −1 for the model's input.</param>
/// <param name="Features">Features of one step.</param>
/// <param name="Steps">When there is an output, in words; equal words are equal steps.</param>
/// <param name="HasClasses">Whether it is probabilities of classes.</param>
internal sealed record LayerOutput(int Layer, int Features, string Steps, bool HasClasses)
{
    /// <summary>The model's input.</summary>
    public const int ModelInput = -1;

    /// <summary>Whether it is the model's input, or nothing but that in prediction.</summary>
    public bool IsInput { get; init; }

    /// <summary>Whether the steps are windows of the input's.</summary>
    public bool HasWindows => Steps.StartsWith(NetworkShape.Windows, StringComparison.Ordinal);

    public bool IsSequence => Steps != NetworkShape.Once;

    /// <summary>As it is written where it is read.</summary>
    public string Name => Layer == ModelInput ? LayerTerm.InputName : $"\"layer{Layer}\"";
}
