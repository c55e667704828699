using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Data;

/// <summary>The examples of Keras's pad_sequences.</summary>
public class PaddingTests
{
    private static readonly int[][] Sequences = [[1], [2, 3], [4, 5, 6]];

    [Fact]
    public void SequencesArePaddedAsInKeras()
    {
        Assert.Equal([0, 0, 1, 0, 2, 3, 4, 5, 6], SequencePadding.PadSequences(Sequences));
        Assert.Equal([-1, -1, 1, -1, 2, 3, 4, 5, 6], SequencePadding.PadSequences(Sequences, value: -1));
        Assert.Equal([1, 0, 0, 2, 3, 0, 4, 5, 6], SequencePadding.PadSequences(Sequences, padding: PaddingSide.Post));
        Assert.Equal([0, 1, 2, 3, 5, 6], SequencePadding.PadSequences(Sequences, maxLength: 2));
        Assert.Equal([0, 1, 2, 3, 4, 5], SequencePadding.PadSequences(Sequences, maxLength: 2, truncating: PaddingSide.Post));
        Assert.Equal([1, 2, 2], SequencePadding.GetLengths(Sequences, maxLength: 2));
    }

    [Fact]
    public void StepsOfSeveralFeaturesStayWhole()
    {
        float[][] sequences = [[1, 2], [3, 4, 5, 6, 7, 8]];
        Assert.Equal([0, 0, 1, 2, 5, 6, 7, 8], SequencePadding.PadSequences(sequences, maxLength: 2, inputSize: 2));
        Assert.Equal([1, 3], SequencePadding.GetLengths(sequences, inputSize: 2));
        Assert.Contains(
            "Sequence 1 has 3 numbers",
            Assert.Throws<ArgumentException>(() => SequencePadding.PadSequences<float>([[1, 2], [1, 2, 3]], inputSize: 2)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void OneSequenceIsPaddedWithoutAllocating()
    {
        var destination = new int[4];
        Assert.Equal(0, AllocatedBytes.Of(() => SequencePadding.Pad([7, 8], destination, PaddingSide.Post, value: 9)));
        Assert.Equal([7, 8, 9, 9], destination);
        Assert.Equal(4, SequencePadding.Pad<int>([1, 2, 3, 4, 5], destination));
        Assert.Equal([2, 3, 4, 5], destination);
    }
}
