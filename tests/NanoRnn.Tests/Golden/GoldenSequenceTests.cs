using NanoRnn.Reference;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Golden;

/// <summary>
/// Generated models of whole sequences against PyTorch: both directions, tokens, lengths, masks, decoders.
/// </summary>
public class GoldenSequenceTests(ITestOutputHelper log)
{
    public static TheoryData<string> Cases => [.. All.Select(golden => golden.Name)];

    public static TheoryData<string> PredictingCases => [.. All.Where(golden => golden.TargetSteps == 0).Select(golden => golden.Name)];

    private static IEnumerable<GoldenCase> All => GoldenCase.All.Values.Where(
        golden => golden.Model is { } model && (golden.HasLengths || !GoldenModels.All.Contains(model)));

    [Fact]
    public void EveryModelHasACase() => Assert.Equal(
        All.Select(golden => golden.Model!).Distinct().Order(StringComparer.Ordinal),
        GoldenSequenceModels.All.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void ModelsHaveTheLayersAndTensorsOfTheirCases(string name)
    {
        var golden = GoldenCase.All[name];

        var layers = AttributeReader.LayersOf(GoldenSequenceModels.All.TypeOf(golden.Model!)).ToArray();
        Assert.Equal(golden.Layers.Select(layer => layer with { Inputs = null }), layers.Select(layer => layer with { Inputs = null }));
        Assert.Equal(golden.Layers.Select(layer => layer.Inputs), layers.Select(layer => layer.Inputs));
        Assert.Equal(
            golden.Tensors.Select(tensor => $"{tensor.Name} {string.Join('×', tensor.Shape)}"),
            CreateModel(golden).Layout.Tensors.Select(tensor => $"{tensor.Name} {string.Join('×', tensor.Shape)}"));
    }

    [Theory]
    [MemberData(nameof(PredictingCases))]
    public void OutputsAreThoseOfPyTorch(string name)
    {
        var golden = GoldenCase.All[name];

        var outputs = CreateModel(golden).PredictEach(SequenceBatch.Of(golden));

        log.WriteLine($"Largest error {GoldenAssert.Outputs(golden, outputs):E1} of the largest output.");
    }

    [Theory]
    [MemberData(nameof(PredictingCases))]
    public void PredictBatchGivesTheBitsOfPredict(string name)
    {
        var golden = GoldenCase.All[name];
        var (model, batch) = (CreateModel(golden), SequenceBatch.Of(golden));

        BitAssert.Same(model.PredictEach(batch), model.PredictBatch(batch), "PredictBatch");
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

    private static SequenceModel CreateModel(GoldenCase golden)
    {
        var model = GoldenSequenceModels.All.Create(golden.Model!);
        foreach (var (tensor, shape) in golden.Tensors)
            model[tensor] = golden.CreateWeights(tensor, shape);

        return model;
    }

    private void AssertTrainsAs(GoldenCase golden, GoldenTraining expected, Optimizer optimizer)
    {
        var model = CreateModel(golden);
        var train = model.CreateTrainer(
            golden.Loss, optimizer, SequenceBatch.Of(golden), golden.CreateTargets(model.Layout.OutputSize), golden.TargetSteps);

        var worst = GoldenAssert.Training(expected, train, tensor => model[tensor]);
        log.WriteLine($"Largest error of a weight: {worst:E1} of its tensor's scale.");
    }
}
