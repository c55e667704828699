namespace NanoRnn.Training.Tests.Losses;

/// <summary>Losses of logits are right for logits of any magnitude, and their gradient is p − y.</summary>
public class LogitsTests
{
    [Theory]
    [InlineData(1000, 1, 0, 0)]
    [InlineData(1000, 0, 1000, 1)]
    [InlineData(-1000, 1, 1000, -1)]
    [InlineData(-1000, 0, 0, 0)]
    [InlineData(0, 1, 0.6931472, -0.5)]
    [InlineData(1e30, 0, 1e30, 1)]
    public void Binary(float logit, float target, float expected, float gradient)
    {
        var gradients = new float[1];
        Assert.Equal(expected, Loss.BinaryCrossentropyFromLogits.SumAndGradient([logit], [target], 1, gradients, isFused: false), 1e-6 * expected);
        Assert.Equal(gradient, gradients[0]);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1000, 1)]
    [InlineData(2, 2000, 1)]
    public void Categorical(int label, float expected, float gradientOfLargest)
    {
        float[] logits = [1000, 0, -1000];
        var oneHot = new float[3];
        oneHot[label] = 1;
        var (gradients, sparse) = (new float[3], new float[3]);
        Assert.Equal(expected, Loss.CategoricalCrossentropyFromLogits.SumAndGradient(logits, oneHot, 3, gradients, isFused: false));
        Assert.Equal(expected, Loss.SparseCategoricalCrossentropyFromLogits.SumAndGradient(logits, [label], 3, sparse, isFused: false));
        Assert.Equal(gradients, sparse);
        Assert.Equal(gradientOfLargest, gradients[0]);
        Assert.Equal(label == 0 ? 0 : -1, gradients[label]);
    }

    /// <summary>A tail of classes, whole vectors, and both: the probabilities are those of the plain formula.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(512)]
    public void AnyNumberOfClasses(int classes)
    {
        var random = new RandomGenerator(4);
        var logits = new float[classes];
        foreach (ref var logit in logits.AsSpan())
            logit = random.NextUniform(-9, 9);
        var gradients = new float[classes];
        var loss = Loss.SparseCategoricalCrossentropyFromLogits.SumAndGradient(logits, [1], classes, gradients, isFused: false);
        var total = logits.Sum(logit => Math.Exp(logit));
        Assert.Equal(Math.Log(total) - logits[1], loss, 1e-12);
        for (var i = 0; i < classes; i++)
            Assert.Equal(Math.Exp(logits[i]) / total - (i == 1 ? 1 : 0), gradients[i], 2e-7);
    }

    [Fact]
    public void FocalLossesAreStableToo()
    {
        var gradients = new float[3];
        var categorical = Loss.CategoricalFocalCrossentropy(alpha: 1, fromLogits: true);
        Assert.Equal(2000, categorical.SumAndGradient([1000, 0, -1000], [0, 0, 1], 3, gradients, isFused: false));
        Assert.Equal([1, 0, -1], gradients);
        var binary = Loss.BinaryFocalCrossentropy(fromLogits: true);
        Assert.Equal(1000, binary.SumAndGradient([-1000], [1], 1, gradients.AsSpan(0, 1), isFused: false));
        Assert.Equal(-1, gradients[0]);
        Assert.Equal(0, binary.SumAndGradient([1000], [1], 1, gradients.AsSpan(0, 1), isFused: false));
        Assert.Equal(0, gradients[0]);
    }

    /// <summary>A network whose last layer is linear learns classes: at first it knows nothing of them, in the end all.</summary>
    [Fact]
    public void ClassesAreLearnedFromLogits()
    {
        var (inputs, targets) = (new float[40], (float[])[0, 1, 2, 3]);
        var random = new RandomGenerator(6);
        foreach (ref var input in inputs.AsSpan())
            input = random.NextUniform(-1, 1);
        using var logits = new Trainer<Scores>(
            new Scores(seed: 1), new TrainerOptions { Loss = Loss.SparseCategoricalCrossentropyFromLogits, Optimizer = Optimizer.Adam(0.05) });
        var first = logits.TrainBatch(inputs, targets);
        for (var step = 0; step < 200; step++)
            logits.TrainBatch(inputs, targets);
        Assert.Equal(MathF.Log(4), first, 1f);
        Assert.True(logits.TrainBatch(inputs, targets) < 0.1f * first);
    }
}
