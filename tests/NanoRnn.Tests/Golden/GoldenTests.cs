using NanoRnn.Reference;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Golden;

/// <summary>Generated models that can take one step after the other, against PyTorch.</summary>
public class GoldenTests(ITestOutputHelper log)
{
    public static TheoryData<string> Cases => [.. All.Select(golden => golden.Name)];

    public static TheoryData<string> Models => [.. GoldenModels.All];

    private static IEnumerable<GoldenCase> All => GoldenCase.All.Values.Where(
        golden => !golden.HasLengths && golden.Model is { } model && GoldenModels.All.Contains(model));

    [Fact]
    public void EveryModelHasACase() => Assert.Equal(
        All.Select(golden => golden.Model!).Distinct().Order(StringComparer.Ordinal),
        GoldenModels.All.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Models))]
    public void ModelsHaveTheLayersOfTheirCases(string name)
    {
        foreach (var golden in GoldenCase.All.Values.Where(golden => golden.Model == name))
            Assert.Equal(golden.Layers, AttributeReader.LayersOf(GoldenModels.All.TypeOf(name)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TensorsHaveTheNamesAndShapesOfKeras(string name)
    {
        var golden = GoldenCase.All[name];
        var model = GoldenModels.All.Create(golden.Model!);

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

        log.WriteLine($"Largest error {GoldenAssert.Outputs(golden, outputs):E1} of the largest output.");
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
            BitAssert.Same(each.AsSpan(0, rows * length), batch, $"PredictBatch of {rows} rows");
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
                BitAssert.Same(prefix.AsSpan(prefix.Length - size), step, $"Step {t} of row {row}");
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
        var model = GoldenModels.All.Create(golden.Model!);
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

        var worst = GoldenAssert.Training(expected, () => trainBatch(inputs, targets), tensor => model[tensor]);
        log.WriteLine($"Largest error of a weight: {worst:E1} of its tensor's scale.");
    }
}
