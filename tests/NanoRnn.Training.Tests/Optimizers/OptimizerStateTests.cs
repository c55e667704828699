using NanoRnn.CompilerServices;

namespace NanoRnn.Training.Tests.Optimizers;

/// <summary>What all optimizers share: decay, accumulated gradients, averages of the weights, schedules.</summary>
public class OptimizerStateTests
{
    private static readonly ModelLayout Layout = Layouts.Of<Classifier>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DecaySparesBiasesUnlessAsked(bool decaysAll)
    {
        var optimizer = Optimizer.Sgd(0.5) with { WeightDecay = 0.1, DecayAllWeights = decaysAll };
        var weights = Ones();
        new OptimizerState(optimizer, Layout, arena: null).Apply(weights, new float[Layout.WeightLength]);
        ForEachElement((tensor, index) =>
            Assert.Equal(decaysAll || !tensor.Name.EndsWith("bias", StringComparison.Ordinal) ? 1 - 0.1f * 0.5f : 1, weights[index]));
        AssertPaddingIsZero(weights);
    }

    [Fact]
    public void ClassifierHasABiasThatIsAMatrix() => Assert.Contains(Layout.Tensors, tensor => tensor.Name == "gru.bias" && tensor.Shape.Length == 2);

    /// <summary>The decay is that of the schedule's rate, before the step, and no part of the gradient.</summary>
    [Fact]
    public void DecayComesBeforeTheStep()
    {
        var optimizer = Optimizer.AdamW(weightDecay: 0.1) with
        {
            DecayAllWeights = true, LearningRateSchedule = LearningRateSchedule.ExponentialDecay(0.5, 1, 0.5),
        };
        var (weights, expected) = (Ones(), 1.0);
        var state = new OptimizerState(optimizer, Layout, arena: null);
        var (mean, meanSquare) = (0.0, 0.0);
        for (var step = 1; step <= 5; step++)
        {
            var rate = 0.5 * Math.Pow(0.5, step - 1);
            var gradients = new float[Layout.WeightLength];
            ForEachElement((_, index) => gradients[index] = step - 2.5f);
            state.Apply(weights, gradients);
            expected -= expected * 0.1 * rate;
            mean += 0.1 * (step - 2.5 - mean);
            meanSquare += 0.001 * ((step - 2.5) * (step - 2.5) - meanSquare);
            expected -= rate * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step)) * mean / (Math.Sqrt(meanSquare) + 1e-7);
        }

        ForEachElement((_, index) => Assert.Equal(expected, weights[index], 1e-5));
        AssertPaddingIsZero(weights);
    }

    /// <summary>Four batches are one with the mean of their gradients, clipped after the mean.</summary>
    [Fact]
    public void AccumulatedBatchesAreOne()
    {
        var optimizer = Optimizer.Adam(0.1) with { GlobalClipNorm = 0.3 };
        var whole = new OptimizerState(optimizer, Layout, arena: null);
        var parts = new OptimizerState(optimizer with { GradientAccumulationSteps = 4 }, Layout, arena: null);
        var random = new RandomGenerator(7);
        var (expected, found) = (Ones(), Ones());
        for (var step = 0; step < 3; step++)
        {
            var sum = new float[Layout.WeightLength];
            for (var part = 0; part < 4; part++)
            {
                var gradients = new float[Layout.WeightLength];
                ForEachElement((_, index) => sum[index] += gradients[index] = random.NextUniform(-1, 1));
                var before = found.ToArray();
                parts.Apply(found, gradients);
                Assert.Equal(part < 3, before.AsSpan().SequenceEqual(found));
            }

            foreach (ref var element in sum.AsSpan())
                element /= 4;
            whole.Apply(expected, sum);
            for (var i = 0; i < found.Length; i++)
                Assert.Equal(expected[i], found[i], 1e-6f);
        }

        Assert.Equal(12, parts.Batches);
    }

    /// <summary>Keras's averages: the first step's weights, then <c>momentum·average + (1 − momentum)·w</c>; overwriting every third step.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void AveragesFollowTheWeights(int? frequency)
    {
        var optimizer = Optimizer.Sgd(1) with { UseEma = true, EmaMomentum = 0.75, EmaOverwriteFrequency = frequency };
        var state = new OptimizerState(optimizer, Layout, arena: null);
        var weights = Ones();
        var (weight, average) = (1.0, 0.0);
        state.FinalizeWeights(weights);
        ForEachElement((_, index) => Assert.Equal(1, weights[index]));
        for (var step = 1; step <= 7; step++)
        {
            var gradients = new float[Layout.WeightLength];
            ForEachElement((_, index) => gradients[index] = step / 8f);
            state.Apply(weights, gradients);
            weight -= step / 8.0;
            average = step == 1 ? weight : 0.75 * average + 0.25 * weight;
            if (step % 3 == 0 && frequency == 3)
                weight = average;
            ForEachElement((_, index) => Assert.Equal(weight, weights[index], 1e-6));
        }

        state.FinalizeWeights(weights);
        ForEachElement((_, index) => Assert.Equal(average, weights[index], 1e-6));
        AssertPaddingIsZero(weights);
    }

    [Fact]
    public void ScheduleGivesTheRateOfEveryStep()
    {
        var state = new OptimizerState(
            Optimizer.Sgd() with { LearningRateSchedule = LearningRateSchedule.PiecewiseConstantDecay([0, 1], [1, 0.5, 0.25]), GradientAccumulationSteps = 2 },
            Layout,
            arena: null);
        var weights = new float[Layout.WeightLength];
        float[] expected = [1, 1, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f];
        foreach (var rate in expected)
        {
            Assert.Equal(rate, state.LearningRate);
            state.Apply(weights, new float[Layout.WeightLength]);
        }
    }

    [Fact]
    public void RateOfAScheduleIsNotSet()
    {
        using var trainer = new Trainer<Classifier>(new Classifier(), new TrainerOptions
        {
            Optimizer = Optimizer.Adam() with { LearningRateSchedule = LearningRateSchedule.PolynomialDecay(0.1, 10) },
        });
        Assert.Equal(0.1f, trainer.LearningRate);
        var message = Assert.Throws<InvalidOperationException>(() => trainer.LearningRate = 1).Message;
        Assert.Contains("given by PolynomialDecay", message, StringComparison.Ordinal);
    }

    [Fact]
    public void RateThatIsNoneLeavesWeightsAsTheyAre()
    {
        var model = new Classifier();
        using var trainer = new Trainer<Classifier>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy, Optimizer = Optimizer.Adam() with { LearningRateSchedule = new Rising() },
        });
        float[] inputs = [.. Enumerable.Range(0, 10).Select(i => i / 10f)];
        trainer.TrainBatch(inputs, [1f]);
        var before = model.Weights["gru.kernel"].ToArray();
        var message = Assert.Throws<InvalidOperationException>(() => trainer.TrainBatch(inputs, [1f])).Message;
        Assert.Contains("Rising gives the learning rate Infinity for step 1", message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights["gru.kernel"].ToArray());
    }

    /// <summary>The slots, the number of batches and the rate are all that the next steps depend on.</summary>
    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void SlotsAndBatchesAreTheWholeMemory(string name)
    {
        var optimizer = OptimizerCases.Create(name);
        var first = new OptimizerState(optimizer, Layout, arena: null);
        var random = new RandomGenerator(4);
        var weights = Ones();
        var gradients = new float[Layout.WeightLength];
        Run(first, weights, 5);
        var second = new OptimizerState(optimizer, Layout, arena: null) { Batches = first.Batches };
        Assert.Equal(optimizer.SlotCount, second.SlotNames.Length);
        for (var slot = 0; slot < second.SlotNames.Length; slot++)
            first.GetSlot(slot).CopyTo(second.GetSlot(slot));
        var others = weights.ToArray();
        var state = random;
        Run(first, weights, 4);
        random = state;
        Run(second, others, 4);
        first.FinalizeWeights(weights);
        second.FinalizeWeights(others);
        Assert.Equal(weights, others);

        void Run(OptimizerState of, float[] target, int batches)
        {
            for (var batch = 0; batch < batches; batch++)
            {
                ForEachElement((_, index) => gradients[index] = random.NextUniform(-1, 1));
                of.Apply(target, gradients);
            }
        }
    }

    private static float[] Ones()
    {
        var weights = new float[Layout.WeightLength];
        ForEachElement((_, index) => weights[index] = 1);
        return weights;
    }

    private static void ForEachElement(Action<TensorLayout, int> action)
    {
        foreach (var tensor in Layout.Tensors)
        {
            for (var row = 0; row < tensor.Rows; row++)
            {
                for (var column = 0; column < tensor.Columns; column++)
                    action(tensor, tensor.IndexOf(row, column));
            }
        }
    }

    private static void AssertPaddingIsZero(float[] weights)
    {
        var isElement = new bool[weights.Length];
        ForEachElement((_, index) => isElement[index] = true);
        for (var i = 0; i < weights.Length; i++)
            Assert.True(isElement[i] || weights[i] == 0);
    }

    private sealed class Rising : LearningRateSchedule
    {
        public override double GetLearningRate(long iteration) => iteration == 0 ? 1 : double.PositiveInfinity;

        public override string ToString() => nameof(Rising);
    }
}
