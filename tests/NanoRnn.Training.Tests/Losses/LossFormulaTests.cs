namespace NanoRnn.Training.Tests.Losses;

/// <summary>Every loss and its gradient beside Keras's formula in double precision.</summary>
public class LossFormulaTests
{
    private const int OutputSize = 6;

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in LossCase.Keys)
        {
            foreach (var positions in (int[])[1, 2, 5, 33])
                cases.Add(name, positions);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueFollowsKerasFormula(string name, int positions)
    {
        var test = LossCase.Get(name);
        var (outputs, targets) = CreateData(test.Data, positions);
        var expected = test.Compute(ToDouble(outputs), targets, OutputSize);
        Assert.Equal(expected, test.Loss.Compute(outputs, targets, OutputSize), 2e-6 * Math.Abs(expected));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientIsTheDifferenceQuotient(string name, int positions)
    {
        var test = LossCase.Get(name);
        var (outputs, targets) = CreateData(test.Data, positions);
        var gradients = new float[outputs.Length + 1];
        gradients[^1] = 42;
        var sum = test.Loss.SumAndGradient(outputs, targets, OutputSize, gradients.AsSpan(0, outputs.Length), isFused: false);
        Assert.Equal(test.Loss.Sum(outputs, targets, OutputSize), sum);
        Assert.Equal(42, gradients[^1]);
        for (var i = 0; i < outputs.Length; i++)
        {
            const double Step = 1e-6;
            var y = ToDouble(outputs);
            y[i] += Step;
            var above = test.Compute(y, targets, OutputSize);
            y[i] -= 2 * Step;
            var quotient = (above - test.Compute(y, targets, OutputSize)) / (2 * Step);
            Assert.Equal(quotient, gradients[i], 1e-6 * Math.Max(1.0 / positions, Math.Abs(quotient)));
        }
    }

    [Theory]
    [MemberData(nameof(LossCase.Names), MemberType = typeof(LossCase))]
    public void NotANumberIsNotHidden(string name)
    {
        var test = LossCase.Get(name);
        var (outputs, targets) = CreateData(test.Data, 1);
        outputs[1] = float.NaN;
        var gradients = new float[OutputSize];
        Assert.True(double.IsNaN(test.Loss.SumAndGradient(outputs, targets, OutputSize, gradients, isFused: false)));
        Assert.True(float.IsNaN(gradients[1]));
    }

    [Fact]
    public void KLDivergenceGoesPastTheSoftmax()
    {
        var gradients = new float[3];
        Loss.KLDivergence.SumAndGradient([0.2f, 0.3f, 0.5f], [0.5f, 0.25f, 0.25f], 3, gradients, isFused: true);
        Assert.Equal(-0.3f, gradients[0], 1e-6f);
        Assert.Equal(0.05f, gradients[1], 1e-6f);
        Assert.Equal(0.25f, gradients[2], 1e-6f);
    }

    /// <summary>At its edges: what Keras clips has no gradient, and zero norms no direction.</summary>
    [Fact]
    public void EdgesAreKerass()
    {
        var gradients = new float[2];
        Assert.Equal(0, Loss.MeanSquaredLogarithmicError.SumAndGradient([-3, 0], [0, 0], 2, gradients, isFused: false));
        Assert.Equal([0, 0], gradients);
        Assert.Equal(0, Loss.CosineSimilarity.SumAndGradient([0, 0], [3, 4], 2, gradients, isFused: false));
        Assert.Equal(-0.6e7f, gradients[0], 1f);
        Assert.Equal(1e9f, Loss.MeanAbsolutePercentageError.Compute([1], [0], 1), 100f);
        Assert.Equal(16.118095f, Loss.KLDivergence.Compute([0, 1], [1, 0], 2), 2e-5f);
        Assert.Equal(0, Loss.CategoricalFocalCrossentropy().SumAndGradient([0, 0.5f], [0, 0], 2, gradients, isFused: false));
        Assert.Equal([0, 0], gradients);
        Assert.Equal(0, Loss.LogCosh.Compute([2], [2], 1));
    }

    private static (float[] Outputs, float[] Targets) CreateData(LossData data, int positions)
    {
        var random = new RandomGenerator(13);
        var outputs = new float[positions * OutputSize];
        var targets = new float[data switch
        {
            LossData.Classes => positions,
            LossData.Quantiles => outputs.Length / 3,
            _ => outputs.Length,
        }];
        foreach (ref var target in targets.AsSpan())
        {
            target = data switch
            {
                LossData.Signs => random.NextInt(2) * 2 - 1,
                LossData.Flags => random.NextInt(2),
                LossData.Classes => random.NextInt(OutputSize),
                LossData.OneHot => 0,
                LossData.Soft or LossData.Probabilities => random.NextUniform(0.05f, 0.95f),
                _ => random.NextUniform(-2, 3),
            };
        }

        for (var position = 0; data == LossData.OneHot && position < positions; position++)
            targets[position * OutputSize + random.NextInt(OutputSize)] = 1;
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = data switch
            {
                LossData.Probabilities => random.NextUniform(0.05f, 0.95f),
                LossData.Close => targets[i] + random.NextUniform(-0.005f, 0.005f),
                _ => random.NextUniform(-2, 3),
            };
        }

        return (outputs, targets);
    }

    private static double[] ToDouble(float[] values) => [.. values.Select(value => (double)value)];
}
