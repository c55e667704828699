using NanoRnn.CompilerServices;

namespace NanoRnn.Training.Tests.Optimizers;

/// <summary>Every optimizer follows Keras's formula, written again in double precision, also with numbers that are not the defaults.</summary>
public class OptimizerFormulaTests
{
    private const int Length = 48;
    private const int Steps = 40;
    private const double Tolerance = 2e-6;

    /// <summary>Of rules that take the weights far from where they start.</summary>
    private const double WideTolerance = 2e-5;

    /// <summary>Keras's update of one weight.</summary>
    /// <param name="weight">The weight before.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="slots">What is remembered of it.</param>
    /// <param name="step">Number of the step, from 1.</param>
    private delegate double Formula(double weight, double gradient, double[] slots, int step);

    [Fact]
    public void Sgd() => AssertFollows(Optimizer.Sgd(0.1), static (w, g, _, _) => w - 0.1 * g, WideTolerance);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Momentum(bool nesterov) => AssertFollows(
        Optimizer.Sgd(0.1, momentum: 0.9, nesterov),
        (w, g, slots, _) =>
        {
            slots[0] = 0.9 * slots[0] - 0.1 * g;
            return w + (nesterov ? 0.9 * slots[0] - 0.1 * g : slots[0]);
        },
        WideTolerance);

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.8, false)]
    [InlineData(0, true)]
    [InlineData(0.8, true)]
    public void RmsProp(double momentum, bool centered) => AssertFollows(
        Optimizer.RmsProp(0.01, rho: 0.9, momentum: momentum, epsilon: 1e-3, centered),
        (w, g, slots, _) =>
        {
            slots[0] = 0.9 * slots[0] + 0.1 * g * g;
            slots[1] = 0.9 * slots[1] + 0.1 * g;
            var step = 0.01 * g / Math.Sqrt(slots[0] - (centered ? slots[1] * slots[1] : 0) + 1e-3);
            slots[2] = momentum * slots[2] + step;
            return w - slots[2];
        },
        WideTolerance);

    [Fact]
    public void Adam() => AssertFollows(
        Optimizer.Adam(0.01, 0.9, 0.99, 1e-4),
        static (w, g, slots, t) =>
        {
            slots[0] += 0.1 * (g - slots[0]);
            slots[1] += 0.01 * (g * g - slots[1]);
            var alpha = 0.01 * Math.Sqrt(1 - Math.Pow(0.99, t)) / (1 - Math.Pow(0.9, t));
            return w - alpha * slots[0] / (Math.Sqrt(slots[1]) + 1e-4);
        },
        WideTolerance);

    [Theory]
    [InlineData(0.001, 0.9, 0.999, 1e-7)]
    [InlineData(0.02, 0.8, 0.95, 1e-3)]
    public void Amsgrad(double rate, double beta1, double beta2, double epsilon) => AssertFollows(
        rate == 0.001 ? Optimizer.Adam(amsgrad: true) : Optimizer.Adam(rate, beta1, beta2, epsilon, amsgrad: true),
        (w, g, slots, t) =>
        {
            slots[0] += (g - slots[0]) * (1 - beta1);
            slots[1] += (g * g - slots[1]) * (1 - beta2);
            slots[2] = Math.Max(slots[2], slots[1]);
            var alpha = rate * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t));
            return w - slots[0] * alpha / (Math.Sqrt(slots[2]) + epsilon);
        });

    [Theory]
    [InlineData(0.001, 0.9, 0.999, 1e-7)]
    [InlineData(0.02, 0.8, 0.95, 1e-3)]
    public void Nadam(double rate, double beta1, double beta2, double epsilon) => AssertFollows(
        rate == 0.001 ? Optimizer.Nadam() : Optimizer.Nadam(rate, beta1, beta2, epsilon),
        (w, g, slots, t) =>
        {
            var u = beta1 * (1 - 0.5 * Math.Pow(0.96, t));
            var next = beta1 * (1 - 0.5 * Math.Pow(0.96, t + 1));
            slots[2] = t == 1 ? u : slots[2] * u;
            slots[0] += (g - slots[0]) * (1 - beta1);
            slots[1] += (g * g - slots[1]) * (1 - beta2);
            var mean = next * slots[0] / (1 - slots[2] * next) + (1 - u) * g / (1 - slots[2]);
            return w - mean * rate / (Math.Sqrt(slots[1] / (1 - Math.Pow(beta2, t))) + epsilon);
        });

    [Theory]
    [InlineData(0.001, 0.9, 0.999, 1e-7)]
    [InlineData(0.02, 0.8, 0.95, 1e-3)]
    public void Adamax(double rate, double beta1, double beta2, double epsilon) => AssertFollows(
        rate == 0.001 ? Optimizer.Adamax() : Optimizer.Adamax(rate, beta1, beta2, epsilon),
        (w, g, slots, t) =>
        {
            slots[0] += (g - slots[0]) * (1 - beta1);
            slots[1] = Math.Max(beta2 * slots[1], Math.Abs(g));
            return w - rate * slots[0] / ((1 - Math.Pow(beta1, t)) * (slots[1] + epsilon));
        });

    [Theory]
    [InlineData(0.001, 0.1, 1e-7)]
    [InlineData(0.05, 0, 1e-2)]
    public void Adagrad(double rate, double initial, double epsilon) => AssertFollows(
        rate == 0.001 ? Optimizer.Adagrad() : Optimizer.Adagrad(rate, initial, epsilon),
        (w, g, slots, t) =>
        {
            slots[0] = (t == 1 ? initial : slots[0]) + g * g;
            return w - rate * g / Math.Sqrt(slots[0] + epsilon);
        });

    [Theory]
    [InlineData(0.001, 0.95, 1e-7)]
    [InlineData(1, 0.8, 1e-2)]
    public void Adadelta(double rate, double rho, double epsilon) => AssertFollows(
        rate == 0.001 ? Optimizer.Adadelta() : Optimizer.Adadelta(rate, rho, epsilon),
        (w, g, slots, _) =>
        {
            slots[0] = rho * slots[0] + (1 - rho) * g * g;
            var change = -Math.Sqrt(slots[1] + epsilon) * g / Math.Sqrt(slots[0] + epsilon);
            slots[1] = rho * slots[1] + (1 - rho) * change * change;
            return w + rate * change;
        });

    [Theory]
    [InlineData(0.001, 0.9, 0.99)]
    [InlineData(0.02, 0.5, 0.8)]
    public void Lion(double rate, double beta1, double beta2) => AssertFollows(
        rate == 0.001 ? Optimizer.Lion() : Optimizer.Lion(rate, beta1, beta2),
        (w, g, slots, _) =>
        {
            var direction = Math.Sign(slots[0] * beta1 + g * (1 - beta1));
            slots[0] = slots[0] * beta2 + g * (1 - beta2);
            return w - rate * direction;
        });

    /// <summary>Zeros stay zeros whatever the numbers are, and a NaN is not hidden.</summary>
    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void PaddingStaysZeroAndNotANumberPasses(string name)
    {
        var update = OptimizerCases.Create(name).CreateUpdate(Length);
        var weights = new float[Length];
        var gradients = new float[Length];
        gradients[5] = float.NaN;
        for (var step = 0; step < 3; step++)
            update.Apply(weights, gradients, 0.5f, 0.1f);
        for (var i = 0; i < Length; i++)
            Assert.Equal(i == 5 ? float.NaN : 0, weights[i]);
    }

    /// <summary>What follows from the number of steps alone comes back with it, and all else is in the slots.</summary>
    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void SlotsAndStepsAreTheWholeMemory(string name)
    {
        var optimizer = OptimizerCases.Create(name);
        var random = new RandomGenerator(3);
        var (weights, gradients) = (new float[Length], new float[Length]);
        var first = optimizer.CreateUpdate(Length);
        for (var step = 0; step < 5; step++)
            Step(first, weights);
        var second = optimizer.CreateUpdate(Length);
        second.Iterations = first.Iterations;
        Assert.Equal(optimizer.SlotNames.Length, second.SlotCount);
        for (var slot = 0; slot < second.SlotCount; slot++)
            first.GetSlot(slot).CopyTo(second.GetSlot(slot));
        var others = weights.ToArray();
        var state = random;
        Step(first, weights);
        random = state;
        Step(second, others);
        Assert.Equal(weights, others);

        void Step(OptimizerUpdate update, float[] of)
        {
            foreach (ref var gradient in gradients.AsSpan())
                gradient = random.NextUniform(-1, 1);
            update.Apply(of, gradients, 1, 0.01f);
        }
    }

    [Fact]
    public void NumbersAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => Optimizer.Nadam(beta1: 1));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => Optimizer.Adamax(epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>("initialAccumulatorValue", () => Optimizer.Adagrad(initialAccumulatorValue: -1));
        Assert.Throws<ArgumentOutOfRangeException>("rho", () => Optimizer.Adadelta(rho: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => Optimizer.Lion(beta2: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>("WeightDecay", () => Optimizer.AdamW(weightDecay: -1));

        // In single precision it is 1, and infinite.
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => Optimizer.Adam(beta1: 0.99999999999));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => Optimizer.Adam(1e300));
        Assert.Throws<ArgumentOutOfRangeException>("EmaMomentum", () => Optimizer.Adam() with { EmaMomentum = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>("EmaOverwriteFrequency", () => Optimizer.Adam() with { EmaOverwriteFrequency = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("GradientAccumulationSteps", () => Optimizer.Adam() with { GradientAccumulationSteps = 0 });
    }

    [Fact]
    public void AdamWIsAdamThatDecays() => Assert.Equal(
        Optimizer.Adam(0.01, 0.8, 0.9, 1e-5, true) with { WeightDecay = 0.1 }, Optimizer.AdamW(0.01, 0.1, 0.8, 0.9, 1e-5, true));

    private static void AssertFollows(Optimizer optimizer, Formula formula, double tolerance = Tolerance)
    {
        var random = new RandomGenerator(2);
        var (weights, gradients) = (new float[Length], new float[Length]);
        var expected = new double[Length];
        var slots = new double[Length][];
        for (var i = 0; i < Length; i++)
        {
            expected[i] = weights[i] = random.NextUniform(-1, 1);
            slots[i] = new double[3];
        }

        var update = optimizer.CreateUpdate(Length);
        for (var step = 1; step <= Steps; step++)
        {
            for (var i = 0; i < Length; i++)
            {
                gradients[i] = random.NextUniform(-1, 1);
                expected[i] = formula(expected[i], gradients[i], slots[i], step);
            }

            update.Apply(weights, gradients, 1, (float)optimizer.LearningRate);
        }

        for (var i = 0; i < Length; i++)
            Assert.Equal(expected[i], weights[i], tolerance);
    }
}
