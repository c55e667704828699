using NanoRnn.CompilerServices;

namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    /// <inheritdoc/>
    public int WeightLength => _layout.WeightLength;

    /// <inheritdoc/>
    public Span<float> PackedWeights => InUse(_workspace.Weights.Span);

    /// <inheritdoc/>
    public Span<float> PackedGradients => InUse(Gradients);

    /// <inheritdoc/>
    public IReadOnlyList<string> OptimizerSlots => _optimizer.SlotNames;

    /// <inheritdoc/>
    public Span<float> GetOptimizerSlot(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, OptimizerSlots.Count);
        return InUse(_optimizer.GetSlot(slot));
    }

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
    public void SaveModel(string path)
    {
        if (Options.IsFirstProcess)
            ModelStorage.Save(Model, path);
    }

    /// <summary>Memory that the trainer may have given back is not shown.</summary>
    private Span<float> InUse(Span<float> memory)
    {
        _threads.ThrowIfDisposed();
        return memory;
    }
}
