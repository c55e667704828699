namespace NanoRnn.Tests.Runtime;

public class LossTests
{
    public static TheoryData<string, int, int> ElementwiseCases()
    {
        var cases = new TheoryData<string, int, int>();
        foreach (var name in (string[])["mse", "mae", "huber", "bce", "cce"])
        {
            foreach (var positions in (int[])[1, 2, 5, 16, 33])
                cases.Add(name, positions, 3);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(ElementwiseCases))]
    public void ValueFollowsKerasFormula(string name, int positions, int size)
    {
        var (outputs, targets) = CreateData(positions, size);
        var expected = Reference(name, [.. outputs.Select(y => (double)y)], targets, size);
        Assert.Equal(expected, Create(name).Compute(outputs, targets, size), 1e-5 * Math.Max(1, expected));
    }

    [Theory]
    [MemberData(nameof(ElementwiseCases))]
    public void GradientIsTheDifferenceQuotient(string name, int positions, int size)
    {
        var (outputs, targets) = CreateData(positions, size);
        var gradients = new float[outputs.Length + 1];
        gradients[^1] = 42;
        var sum = Create(name).SumAndGradient(outputs, targets, size, gradients.AsSpan(0, outputs.Length), isFused: false);
        Assert.Equal(Create(name).Sum(outputs, targets, size), sum);
        Assert.Equal(42, gradients[^1]);
        for (var i = 0; i < outputs.Length; i++)
        {
            const double Step = 1e-6;
            double[] y = [.. outputs.Select(value => (double)value)];
            y[i] += Step;
            var above = Reference(name, y, targets, size);
            y[i] -= 2 * Step;
            var quotient = (above - Reference(name, y, targets, size)) / (2 * Step);
            Assert.Equal(quotient, gradients[i], 1e-4 * Math.Max(1 / (double)positions, Math.Abs(quotient)));
        }
    }

    [Fact]
    public void SparseIsCategoricalOfOneHot()
    {
        var (outputs, _) = CreateData(7, 3);
        float[] labels = [0, 2, 1, 1, 0, 2, 2];
        var oneHot = new float[21];
        for (var i = 0; i < labels.Length; i++)
            oneHot[i * 3 + (int)labels[i]] = 1;
        Assert.Equal(
            Loss.CategoricalCrossentropy.Compute(outputs, oneHot, 3), Loss.SparseCategoricalCrossentropy.Compute(outputs, labels, 3));
        foreach (var isFused in (bool[])[false, true])
        {
            var expected = new float[21];
            var found = new float[21];
            Loss.CategoricalCrossentropy.SumAndGradient(outputs, oneHot, 3, expected, isFused);
            Loss.SparseCategoricalCrossentropy.SumAndGradient(outputs, labels, 3, found, isFused);
            for (var i = 0; i < 21; i++)
                Assert.Equal(expected[i], found[i], 1e-6f * MathF.Max(1, MathF.Abs(expected[i])));
        }
    }

    [Fact]
    public void FusedGradientIsProbabilityMinusTarget()
    {
        float[] probabilities = [0.25f, 0.75f];
        var gradients = new float[2];
        Loss.BinaryCrossentropy.SumAndGradient(probabilities, [1, 0], 1, gradients, isFused: true);
        Assert.Equal([-0.375f, 0.375f], gradients);
        Loss.CategoricalCrossentropy.SumAndGradient(probabilities, [1, 0], 2, gradients, isFused: true);
        Assert.Equal([-0.75f, 0.75f], gradients);
    }

    [Fact]
    public void CrossentropyIsClippedLikeKeras()
    {
        Assert.Equal(16.118095f, Loss.BinaryCrossentropy.Compute([0], [1], 1), 1e-5f);
        Assert.Equal(16.118095f, Loss.SparseCategoricalCrossentropy.Compute([0, 1], [0], 2), 1e-5f);
        var gradients = new float[2];
        Loss.SparseCategoricalCrossentropy.SumAndGradient([0, 1], [0], 2, gradients, isFused: false);
        Assert.Equal([0, 0], gradients);
    }

    [Theory]
    [InlineData(3f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ClassThatIsNoneIsNamed(float label)
    {
        var exception = Assert.Throws<ArgumentException>(
            () => Loss.SparseCategoricalCrossentropy.Compute(new float[6], [1, label], 3));
        Assert.Contains("index 1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("mae")]
    [InlineData("huber")]
    [InlineData("bce")]
    [InlineData("cce")]
    public void NotANumberIsNotHidden(string name)
    {
        var gradients = new float[3];
        var sum = Create(name).SumAndGradient([0.5f, float.NaN, 0.5f], [0, 1, 0], 3, gradients, isFused: false);
        Assert.True(double.IsNaN(sum));
        Assert.True(float.IsNaN(gradients[1]));
    }

    [Fact]
    public void LengthsAreChecked()
    {
        Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError.Compute([], [], 1));
        Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError.Compute(new float[3], new float[3], 2));
        Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError.Compute(new float[4], new float[3], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Huber(0));
    }

    private static Loss Create(string name) => name switch
    {
        "mse" => Loss.MeanSquaredError,
        "mae" => Loss.MeanAbsoluteError,
        "huber" => Loss.Huber(0.25f),
        "bce" => Loss.BinaryCrossentropy,
        _ => Loss.CategoricalCrossentropy,
    };

    private static (float[] Outputs, float[] Targets) CreateData(int positions, int size)
    {
        var random = new RandomGenerator(11);
        var outputs = new float[positions * size];
        var targets = new float[positions * size];
        for (var i = 0; i < outputs.Length; i++)
            (outputs[i], targets[i]) = (random.NextUniform(0.1f, 0.9f), random.NextFloat());
        return (outputs, targets);
    }

    private static double Reference(string name, double[] y, float[] targets, int size)
    {
        var sum = 0.0;
        for (var position = 0; position < y.Length / size; position++)
        {
            var total = y.Skip(position * size).Take(size).Sum();
            for (var i = position * size; i < (position + 1) * size; i++)
            {
                double t = targets[i];
                var e = Math.Abs(y[i] - t);
                sum += name switch
                {
                    "mse" => e * e / size,
                    "mae" => e / size,
                    "huber" => (e <= 0.25 ? 0.5 * e * e : 0.25 * e - 0.5 * 0.25 * 0.25) / size,
                    "bce" => -(t * Math.Log(y[i]) + (1 - t) * Math.Log(1 - y[i])) / size,
                    _ => -t * Math.Log(y[i] / total),
                };
            }
        }

        return sum / (y.Length / size);
    }
}
