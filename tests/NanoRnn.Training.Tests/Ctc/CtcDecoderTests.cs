using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Ctc;

public class CtcDecoderTests
{
    private const int Classes = 3;

    [Fact]
    public void GreedyTakesTheLargestOfEveryStep()
    {
        var labels = new int[6];
        float[] outputs = [0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1];
        Assert.Equal([1, 1, 2], labels[..CtcDecoder.DecodeGreedily(outputs, Classes, labels)]);
    }

    /// <summary>With a beam for every prefix the search is exact: the labels and the probability of all alignments, one by one.</summary>
    [Fact]
    public void WideBeamsFindTheMostProbableLabels()
    {
        var decoder = new CtcDecoder(Classes, maxSteps: 6, beamWidth: 200);
        var random = new RandomGenerator(1);
        var (labels, differsFromGreedy) = (new int[6], false);
        for (var run = 0; run < 60; run++)
        {
            var logits = new float[(run % 6 + 1) * Classes];
            foreach (ref var logit in logits.AsSpan())
                logit = random.NextUniform(-1.5f, 1.5f);
            var (expected, probability) = Alignments.Best([.. logits.Select(logit => (double)logit)], Classes);
            Assert.Equal(expected, labels[..decoder.Decode(logits, labels, out var log)]);
            Assert.Equal(probability, Math.Exp(log), 1e-9);
            differsFromGreedy |= !labels[..CtcDecoder.DecodeGreedily(logits, Classes, labels)].AsSpan().SequenceEqual(expected);
        }

        Assert.True(differsFromGreedy);
    }

    /// <summary>A narrow beam loses alignments, but never invents any.</summary>
    [Fact]
    public void NarrowBeamsKeepWhatIsLikely()
    {
        var (wide, narrow) = (new CtcDecoder(Classes, 6, 200), new CtcDecoder(Classes, 6, 3));
        var random = new RandomGenerator(5);
        var (labels, logits) = (new int[6], new float[6 * Classes]);
        for (var run = 0; run < 30; run++)
        {
            foreach (ref var logit in logits.AsSpan())
                logit = random.NextUniform(-3, 3);
            wide.Decode(logits, labels, out var all);
            narrow.Decode(logits, labels, out var kept);
            Assert.True(kept <= all + 1e-12);
        }
    }

    [Fact]
    public void DecodingAllocatesNothing()
    {
        var decoder = new CtcDecoder(Classes, 6, 10);
        var (labels, logits) = (new int[6], new float[6 * Classes]);
        decoder.Decode(logits, labels, out _);
        Assert.Equal(0, AllocatedBytes.Of(() => decoder.Decode(logits, labels, out _)));
        Assert.Equal(0, AllocatedBytes.Of(() => CtcDecoder.DecodeGreedily(logits, Classes, labels)));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        var decoder = new CtcDecoder(Classes, 2);
        Assert.Throws<ArgumentException>("outputs", () => decoder.Decode(new float[4], new int[2], out _));
        Assert.Throws<ArgumentException>("outputs", () => decoder.Decode(new float[9], new int[3], out _));
        Assert.Throws<ArgumentException>("labels", () => CtcDecoder.DecodeGreedily([0, 1, 0], Classes, []));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => new CtcDecoder(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>("maxSteps", () => new CtcDecoder(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>("beamWidth", () => new CtcDecoder(2, 2, 0));
    }
}
