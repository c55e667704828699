using NanoRnn.CompilerServices;
using NanoRnn.Tests.Boundaries;
using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Gradients;

/// <summary>A step is skipped when all of its features have the masked value, and not when some of them do.</summary>
public class PartialMaskTests
{
    private const float Masked = 0.25f;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void StepsCountUnlessEveryFeatureIsMasked(int features)
    {
        // Row i has the masked value everywhere but at feature i; the last row everywhere.
        var inputs = new float[(features + 1) * features];
        Array.Fill(inputs, Masked);
        for (var row = 0; row < features; row++)
            inputs[(row * features) + row] = 1;
        var mask = new float[features + 1];

        Mask.Read(ref inputs[0], features, 1, Masked, ref mask[0], 1, features + 1);

        Assert.Equal([.. Enumerable.Repeat(1f, features), 0f], mask);
        for (var row = 0; row <= features; row++)
            Assert.Equal(row == features, Mask.IsSkipped(ref inputs[row * features], features, Masked));
    }

    /// <summary>Streams, single sequences and batches, whose masks are read in different places.</summary>
    [Fact]
    public void EveryWayToPredictCountsThem()
    {
        var problem = SequenceProblem.Create(BoundaryModels.All, nameof(MaskedEvery), rows: 1, timeSteps: 1);
        var model = new MaskedEvery();
        foreach (var tensor in model.Weights)
            tensor.CopyFrom(problem.Model[tensor.Name]);
        float[] steps = [0, 0.7f, 0, 0, -0.3f, 0, 0.4f, 0.1f, 0, 0, 0, -0.9f];
        const int TimeSteps = 6;
        var expected = Array.ConvertAll(problem.Reference.Predict(steps, TimeSteps), value => (float)value);
        var (whole, batch, streamed) = (new float[expected.Length], new float[expected.Length], new float[expected.Length]);

        model.Predict(steps, whole);
        model.PredictBatch(steps, TimeSteps, batch);
        using var session = model.CreateSession();
        for (var t = 0; t < TimeSteps; t++)
            session.Step(steps.AsSpan(t * 2, 2), streamed.AsSpan(t * 2, 2));

        BitAssert.Same(whole, batch, "PredictBatch");
        BitAssert.Same(whole, streamed, "Step");
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], whole[i], 2e-6f);
        for (var t = 1; t < TimeSteps; t++)
            Assert.Equal(t is 1 or 4, whole[t * 2] == whole[(t * 2) - 2]);
    }
}
