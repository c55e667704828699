using NanoRnn.Tests.Golden;
using NanoRnn.Reference;

namespace NanoRnn.Tests.Functions;

/// <summary>Functions that users write as methods: what is generated from them computes what the methods do.</summary>
public class FunctionTests
{
    private const double ValueTolerance = 1e-6;
    private const double GradientTolerance = 1e-5;

    /// <summary>So long that nothing but the gradient is left in a weight.</summary>
    private const float LearningRate = 1 << 20;

    private static readonly float[] Specials =
    [
        0, 1, -1, 0.5f, -0.5f, 1e-30f, -1e-30f, 1e-39f, 1e10f, -1e10f, 1e30f, float.MaxValue, float.MinValue, float.PositiveInfinity,
        float.NegativeInfinity, float.NaN,
    ];

    public static TheoryData<string> Names => [.. FunctionCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAreThoseOfTheMethod(string name)
    {
        var function = FunctionCases.All[name];
        var model = function.CreateModel();
        var y = new float[1];
        foreach (var x in Grid().Concat(Specials))
        {
            if (name is "Sin" or "Cos" or "Everything" && Math.Abs(x) is > 8192 and < float.PositiveInfinity)
                continue;
            model.Predict([x], y);
            AssertClose(function, x, function.Exact(x), y[0]);
            AssertClose(function, x, function.Method(x), y[0]);
        }
    }

    [Theory]
    [InlineData("Sin")]
    [InlineData("Cos")]
    public void SineAndCosineAreBoundedBeyondTheirRange(string name)
    {
        var model = FunctionCases.All[name].CreateModel();
        var y = new float[1];
        foreach (var x in new[] { 8193f, 1e5f, 1e7f, 3e9f, 1e20f, float.MaxValue, float.MinValue })
        {
            model.Predict([x], y);
            Assert.InRange(y[0], -1f, 1f);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SlopesAreThoseOfTheMethod(string name)
    {
        const double H = 1e-5;
        var function = FunctionCases.All[name];
        var y = new float[1];
        var compared = 0;
        for (var x = -5.137f; x < 6; x += 0.173f)
        {
            var slope = (function.Exact(x + H) - function.Exact(x - H)) / (2 * H);
            if (!double.IsFinite(slope))
                continue;
            compared++;
            var model = function.CreateModel();
            model.Predict([x], y);
            var target = y[0] - 0.5f;
            model.CreateTrainer(ReferenceLoss.MeanSquaredError, Optimizer.Sgd(LearningRate), 1, 1)([x], [target]);
            var gradient = (1 - (double)model["dense.kernel"][0]) / LearningRate;
            var expected = 2 * ((double)y[0] - target) * slope * x;
            Assert.True(
                Math.Abs(gradient - expected) <= GradientTolerance * Math.Max(1, Math.Abs(expected)),
                $"{name}: the gradient at {x} is {gradient:G9}, not {expected:G9}.");
        }

        Assert.True(compared > 25, $"only {compared} slopes");
    }

    /// <summary>The project's own tanh, reached through a method: the same function, and a derivative of the same value.</summary>
    [Fact]
    public void MethodThatIsAnActivationTrainsToTheSameBits()
    {
        var (builtIn, method) = (new BuiltInTanh(seed: 3), new MethodTanh(seed: 3));
        var inputs = GoldenFormula.Inputs("functions/tanh", 4 * 5 * 2);
        var targets = GoldenFormula.Uniform("functions/targets", 4, 1);
        var options = new TrainerOptions { Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Adam(), BatchSize = 4, TimeSteps = 5 };
        using var first = new Trainer<BuiltInTanh>(builtIn, options);
        using var second = new Trainer<MethodTanh>(method, options);
        for (var step = 0; step < 5; step++)
            Assert.Equal(first.TrainBatch(inputs, targets), second.TrainBatch(inputs, targets));
        foreach (var tensor in builtIn.Weights)
            Assert.Equal(tensor.ToArray(), method.Weights[tensor.Name].ToArray());
    }

    [Fact]
    public void GateMethodAgreesWithTheGate()
    {
        var (builtIn, method) = (new BuiltInGates(seed: 3), new MethodGates(seed: 3));
        var inputs = GoldenFormula.Inputs("functions/gates", 7 * 2);
        float[] expected = [0], found = [0];
        builtIn.Predict(inputs, expected);
        method.Predict(inputs, found);
        Assert.Equal(expected[0], found[0], 1e-6);
    }

    private static IEnumerable<float> Grid()
    {
        for (var x = -40f; x <= 40; x += 0.0371f)
            yield return x;
        for (var x = 1e-6f; x < 1e6f; x *= 1.37f)
        {
            yield return x;
            yield return -x;
        }
    }

    private static void AssertClose(FunctionCase function, float x, double expected, float found)
    {
        // Floats overflow where doubles do not, and what is below 1e-37 may be zero.
        if (Math.Abs(expected) > float.MaxValue)
            expected = expected > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        var scale = function.Name switch
        {
            "Sin" or "Cos" or "Guarded" => Math.Max(1, Math.Abs(expected)),
            "Everything" => Math.Max(1, Math.Abs(x)),
            _ => Math.Abs(expected),
        };
        Assert.True(
            expected.Equals(found) || Math.Abs(found - expected) <= ValueTolerance * scale + 1e-37,
            $"{function.Name}({x:R}) is {found:R}, not {expected:R}.");
    }
}
