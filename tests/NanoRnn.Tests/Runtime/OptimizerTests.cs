using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Runtime;

public class OptimizerTests
{
    [Fact]
    public void FirstAdamStepIsTheLearningRate()
    {
        var weights = new float[16];
        var gradients = new float[16];
        gradients[3] = 5;
        Optimizer.Adam(0.5f).CreateUpdate(16).Apply(weights, gradients, 1, 0.5f);
        Assert.Equal(-0.5f, weights[3], 1e-5f);
    }

    [Fact]
    public void PaddingStaysZero()
    {
        Optimizer[] optimizers =
        [
            Optimizer.Sgd(), Optimizer.Sgd(momentum: 0.9f, nesterov: true), Optimizer.Adam(epsilon: float.Epsilon),
            Optimizer.RmsProp(epsilon: float.Epsilon, momentum: 0.5f, centered: true),
        ];
        foreach (var optimizer in optimizers)
        {
            var weights = new float[16];
            var update = optimizer.CreateUpdate(16);
            for (var i = 0; i < 3; i++)
                update.Apply(weights, new float[16], 0.5f, 0.1f);
            Assert.All(weights, weight => Assert.Equal(0, weight));
        }
    }

    [Fact]
    public void ClipValueBoundsEveryElement() => AssertStep(
        Optimizer.Sgd(1) with { ClipValue = 2 }, [3, -5, 1, 0.5f], [2, -2, 1, 0.5f]);

    [Fact]
    public void GlobalClipNormScalesAllTogether() => AssertStep(
        Optimizer.Sgd(1) with { GlobalClipNorm = 5 }, [6, 0, 0, 8], [3, 0, 0, 4]);

    [Fact]
    public void ShortGradientIsLeftAlone()
    {
        AssertStep(Optimizer.Sgd(1) with { GlobalClipNorm = 50 }, [6, 0, 0, 8], [6, 0, 0, 8]);
        AssertStep(Optimizer.Sgd(1) with { ClipNorm = 50 }, [6, 0, 0, 8], [6, 0, 0, 8]);
    }

    // The first three are the kernel (first row, then second) and the last is the bias.
    [Fact]
    public void ClipNormScalesTensorByTensor() => AssertStep(
        Optimizer.Sgd(1) with { ClipNorm = 5 }, [6, 8, 0, 2], [3, 4, 0, 2]);

    [Fact]
    public void FirstOfSeveralClippingsWins()
    {
        AssertStep(Optimizer.Sgd(1) with { ClipNorm = 5, GlobalClipNorm = 0.1f, ClipValue = 0.1f }, [6, 8, 0, 2], [3, 4, 0, 2]);
        AssertStep(Optimizer.Sgd(1) with { GlobalClipNorm = 5, ClipValue = 0.1f }, [6, 0, 0, 8], [3, 0, 0, 4]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void GradientWithoutNormMakesWeightsNotNumbersButNotPadding(float element)
    {
        var layout = FakeModel<MultiOutput>.Layout;
        var optimizer = Optimizer.Sgd(1) with { GlobalClipNorm = 1 };
        var gradients = new float[layout.WeightLength];
        gradients[0] = element;
        var scale = new GradientClipping(optimizer, layout).Clip(gradients);
        var weights = new AlignedBuffer(layout.WeightLength);
        optimizer.CreateUpdate(layout.WeightLength).Apply(weights.Span, gradients, scale, 1);
        Assert.All(
            new WeightCollection(layout, weights), tensor => Assert.All(tensor.ToArray(), weight => Assert.True(float.IsNaN(weight))));
        Assert.Equal(9, weights.Span.ToArray().Count(float.IsNaN));
    }

    [Fact]
    public void NotANumberPassesClipping()
    {
        var layout = FakeModel<MultiOutput>.Layout;
        var optimizer = Optimizer.Sgd() with { ClipValue = 1 };
        var weights = new float[layout.WeightLength];
        var gradients = new float[layout.WeightLength];
        gradients[2] = float.NaN;
        optimizer.CreateUpdate(weights.Length).Apply(weights, gradients, new GradientClipping(optimizer, layout).Clip(gradients), 1);
        Assert.True(float.IsNaN(weights[2]));
    }

    [Fact]
    public void NumbersAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Sgd(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Sgd(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Sgd(momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam(beta1: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam(epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam() with { ClipNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam() with { LearningRate = float.PositiveInfinity });
    }

    [Fact]
    public void OptimizersAreValues() => Assert.Equal(Optimizer.Adam(1e-2f), Optimizer.Adam() with { LearningRate = 1e-2f });

    /// <summary>One step of rate 1 on zero weights: kernel (0, 0), (1, 0), (1, 1) and the first bias.</summary>
    private static void AssertStep(Optimizer optimizer, float[] gradient, float[] expectedStep)
    {
        var layout = FakeModel<MultiOutput>.Layout;
        var (kernel, bias) = (layout.Tensors[0], layout.Tensors[1]);
        int[] indices = [kernel.IndexOf(0, 0), kernel.IndexOf(1, 0), kernel.IndexOf(1, 1), bias.IndexOf(0, 0)];
        var gradients = new float[layout.WeightLength];
        for (var i = 0; i < indices.Length; i++)
            gradients[indices[i]] = gradient[i];
        var scale = new GradientClipping(optimizer, layout).Clip(gradients);
        var weights = new float[layout.WeightLength];
        optimizer.CreateUpdate(weights.Length).Apply(weights, gradients, scale, 1);
        Assert.Equal(expectedStep, indices.Select(index => -weights[index]));
    }
}
