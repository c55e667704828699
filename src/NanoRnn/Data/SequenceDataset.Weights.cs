namespace NanoRnn;

public sealed partial class SequenceDataset
{
    /// <summary>Whether samples have weights.</summary>
    public bool HasSampleWeight => SampleWeights.Exist;

    /// <summary>Weights of a sample: one, or one for each of its outputs; 0 if there are none.</summary>
    internal int SampleWeightLength => SampleWeights.Length;

    private SampleView<float> SampleWeights { get; init; }

    /// <summary>The same samples with weights: the loss of each is multiplied by its own, and the mean is over their number, as in Keras.</summary>
    /// <param name="sampleWeight">
    /// One for each sample, or one for each output of each sample, one after the other; finite and not negative.
    /// </param>
    /// <returns>A view of the same memory. Views that are made of it, in whatever order, keep every sample's weight.</returns>
    /// <exception cref="ArgumentException">They are no multiple of the samples, or one is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">The samples are no longer in the order of their memory.</exception>
    public SequenceDataset WithSampleWeight(ReadOnlyMemory<float> sampleWeight)
    {
        if (!Positions.IsEmpty)
            throw new InvalidOperationException("The samples are in an order of their own: give them weights before they are shuffled or selected.");
        var (length, rest) = int.DivRem(sampleWeight.Length, Math.Max(1, Count));
        if (length == 0 || rest != 0)
        {
            throw new ArgumentException(
                $"Expected the weights of {Count} samples, or as many for each, found {sampleWeight.Length}.", nameof(sampleWeight));
        }

        ArgumentChecks.Weights(sampleWeight.Span, nameof(sampleWeight));
        return new SequenceDataset(this, Positions, First, Count)
        {
            SampleWeights = new(sampleWeight, -First * length, length, Steps: 1, length, length),
        };
    }

    /// <summary>The weight of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns>One float, or one for each of its outputs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">There are no weights.</exception>
    public ReadOnlySpan<float> GetSampleWeight(int index)
    {
        CheckIndex(index);
        return HasSampleWeight
            ? SampleWeights.Get(PositionOf(index))
            : throw new InvalidOperationException("The dataset's samples have no weights.");
    }
}
