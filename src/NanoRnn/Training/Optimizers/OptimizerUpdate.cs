namespace NanoRnn;

/// <summary>
/// The steps of an optimizer on packed weights, with what it remembers between them. Weights, gradients and memory lie
/// alike, in one pass; padding, zero in all of them, stays zero.
/// </summary>
/// <remarks>
/// <see cref="System.Numerics.Vector{T}"/> may have any width: every operation is elementwise and exactly rounded. All
/// lengths are multiples of 16.
/// </remarks>
internal abstract class OptimizerUpdate
{
    /// <summary>Takes one step.</summary>
    /// <param name="weights">Packed weights.</param>
    /// <param name="gradients">Their gradient.</param>
    /// <param name="gradientScale">Factor for the gradient, applied here to save a pass over memory.</param>
    /// <param name="learningRate">The rate of this step.</param>
    public abstract void Apply(
        Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate);
}
