using System.Runtime.InteropServices;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Golden;

/// <summary>Generated models against PyTorch, with the tolerances that the README promises.</summary>
public class GoldenTests(ITestOutputHelper log)
{
    private const double OutputTolerance = 1e-6;
    private const double LossTolerance = 1e-5;
    private const double WeightTolerance = 1e-5;

    public static TheoryData<string> Cases => [.. GoldenModels.All];

    [Fact]
    public void EveryCaseHasAModel() =>
        Assert.Equal(GoldenCase.All.Keys.Order(StringComparer.Ordinal), GoldenModels.All.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void TensorsHaveTheNamesAndShapesOfKeras(string name)
    {
        var golden = GoldenCase.All[name];
        var model = GoldenModels.All.Create(name);

        Assert.Equal(
            golden.Tensors.Select(tensor => $"{tensor.Name} {string.Join('×', tensor.Shape)}"),
            model.Layout.Tensors.Select(tensor => $"{tensor.Name} {string.Join('×', tensor.Shape)}"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputsAreThoseOfPyTorch(string name)
    {
        var golden = GoldenCase.All[name];
        var model = CreateModel(golden);

        var outputs = model.PredictEach(golden.CreateInputs(), golden.TimeSteps);

        Assert.Equal(golden.Outputs.Length, outputs.Length);
        var scale = golden.Outputs.Max(Math.Abs);
        double worst = 0, worstPlain = 0;
        foreach (var (expected, actual) in golden.Outputs.Zip(outputs))
        {
            worst = Math.Max(worst, Math.Abs(actual - expected) / scale);
            worstPlain = Math.Max(worstPlain, Math.Abs(actual - expected) / Math.Abs(expected));
        }

        log.WriteLine($"Largest error {worst:E1} of the largest output; {worstPlain:E1} of the output itself.");
        Assert.True(worst <= OutputTolerance, $"Outputs are off by {worst:E2} of the largest, {scale:G4}.");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PredictBatchAndStepGiveTheBitsOfPredict(string name)
    {
        var golden = GoldenCase.All[name];
        var model = CreateModel(golden);
        var inputs = golden.CreateInputs();
        var each = model.PredictEach(inputs, golden.TimeSteps);

        var (stride, length) = (golden.TimeSteps * golden.InputSize, model.OutputLength(golden.TimeSteps));
        for (var rows = 1; rows <= golden.Batch; rows++)
        {
            var batch = new float[rows * length];
            model.PredictBatch(inputs.AsSpan(0, rows * stride), golden.TimeSteps, batch);
            AssertSameBits(each.AsSpan(0, rows * length), batch, $"PredictBatch of {rows} rows");
        }

        // The output of step t is that of Predict on the first t steps (its last row, when it returns sequences).
        var steps = model.StepThrough(inputs, golden.TimeSteps);
        var size = model.Layout.OutputSize;
        for (var row = 0; row < golden.Batch; row++)
            for (var t = 1; t <= golden.TimeSteps; t++)
            {
                var prefix = new float[model.OutputLength(t)];
                model.Predict(inputs.AsSpan(row * stride, t * golden.InputSize), prefix);
                var step = steps.AsSpan((row * golden.TimeSteps + t - 1) * size, size);
                AssertSameBits(prefix.AsSpan(prefix.Length - size), step, $"Step {t} of row {row}");
            }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ThreeStepsOfSgdAreThoseOfPyTorch(string name)
    {
        var golden = GoldenCase.All[name];
        AssertTrainsAs(golden, golden.Sgd, Optimizer.Sgd(learningRate: 0.05f));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ThreeStepsOfAdamAreThoseOfKerasFormula(string name)
    {
        var golden = GoldenCase.All[name];
        AssertTrainsAs(golden, golden.Adam, Optimizer.Adam(learningRate: 1e-3f));
    }

    private static ModelUnderTest CreateModel(GoldenCase golden)
    {
        var model = GoldenModels.All.Create(golden.Name);
        foreach (var (tensor, shape) in golden.Tensors)
            model[tensor] = golden.CreateWeights(tensor, shape);

        return model;
    }

    private void AssertTrainsAs(GoldenCase golden, GoldenTraining expected, Optimizer optimizer)
    {
        var model = CreateModel(golden);
        var trainBatch = model.CreateTrainer(golden.Loss, optimizer, golden.Batch, golden.TimeSteps);
        var inputs = golden.CreateInputs();
        var targets = golden.CreateTargets(model.Layout.OutputSize);

        for (var step = 0; step < expected.Steps; step++)
            AssertLoss(expected.Losses[step], trainBatch(inputs, targets), $"before step {step + 1}");

        var worst = expected.Tensors.Max(tensor => CheckTensor(tensor, model[tensor.Name]));
        log.WriteLine($"Largest error of a weight: {worst:E1} of its tensor's scale.");
        AssertLoss(expected.Losses[^1], trainBatch(inputs, targets), "after the last step");
    }

    private static void AssertLoss(double expected, float actual, string when) =>
        Assert.True(
            Math.Abs(actual - expected) <= LossTolerance * Math.Abs(expected), $"Loss {when}: {actual:R}, not {expected:R}.");

    /// <summary>
    /// Checks the stored elements one by one and all elements through three sums. The scale is the bound within which the
    /// tensor started. Returns the largest error of an element in this scale.
    /// </summary>
    private static double CheckTensor(GoldenTensor expected, float[] actual)
    {
        var scale = GoldenFormula.BoundOf(expected.Name, expected.Shape);
        var worst = GoldenFormula.SampleIndices(actual.Length)
            .Select((index, i) => Math.Abs(actual[index] - expected.Elements[i]) / scale)
            .Max();
        Assert.True(worst <= WeightTolerance, $"{expected.Name} is off by {worst:E2} of its scale.");

        // Errors of independent signs add up as the root of their number.
        var tolerance = WeightTolerance * scale * Math.Sqrt(actual.Length);
        AssertSum("Sum", expected.Sum, actual.Sum(w => (double)w), tolerance);
        AssertSum("Sum of squares", expected.Squares, actual.Sum(w => (double)w * w), 2 * scale * tolerance);
        AssertSum("Projection", expected.Projection, GoldenFormula.Projection(expected.Name, actual), tolerance);
        return worst;

        void AssertSum(string what, double wanted, double got, double allowed) =>
            Assert.True(Math.Abs(got - wanted) <= allowed, $"{what} of {expected.Name}: {got:R}, not {wanted:R}.");
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) =>
        Assert.True(
            MemoryMarshal.Cast<float, int>(expected).SequenceEqual(MemoryMarshal.Cast<float, int>(actual)),
            $"{what} differs from Predict in bits.");
}
