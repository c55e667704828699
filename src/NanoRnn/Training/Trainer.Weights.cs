using NanoRnn.CompilerServices;

namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    /// <inheritdoc/>
    public int WeightLength => _layout.WeightLength;

    /// <inheritdoc/>
    public void CopyWeightsTo(Span<float> weights)
    {
        if (weights.Length < WeightLength)
            throw new ArgumentException($"Expected at least {WeightLength} floats, found {weights.Length}.", nameof(weights));
        _workspace.Weights.ReadOnlySpan.CopyTo(weights);
    }

    /// <inheritdoc/>
    public void CopyWeightsFrom(ReadOnlySpan<float> weights)
    {
        if (weights.Length != WeightLength)
            throw new ArgumentException($"Expected {WeightLength} floats, found {weights.Length}.", nameof(weights));
        weights.CopyTo(_workspace.Weights.Span);
    }

    /// <inheritdoc/>
    public void SaveModel(string path) => ModelStorage.Save(Model, path);
}
