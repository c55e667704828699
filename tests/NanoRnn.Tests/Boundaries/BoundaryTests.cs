using NanoRnn.Tests.Golden;
using NanoRnn.Tests.Gradients;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Boundaries;

/// <summary>
/// Every family of models at the numbers at which code changes its way, one below and one above: 16 sequences side by side, 16 time steps
/// at a time, sums of gradients in parts of 128 terms.
/// </summary>
public class BoundaryTests(ITestOutputHelper log)
{
    private const double OutputTolerance = 2e-6;

    public static TheoryData<string, int, int> Predictions => Cases(
        BoundaryModels.All.Where(name => name != nameof(Decoded)), (15, 3), (16, 3), (17, 3), (32, 2), (33, 2), (1, 15), (1, 16), (3, 17), (2, 33));

    public static TheoryData<string, int, int> Gradients =>
        Cases(BoundaryModels.All, (15, 3), (16, 3), (17, 3), (1, 16), (1, 17), (1, 127), (1, 128), (1, 129), (43, 3), (2, 130));

    [Theory]
    [MemberData(nameof(Predictions))]
    public void OutputsAreThoseOfTheReferenceAndOfSingleSequences(string name, int rows, int timeSteps)
    {
        var problem = SequenceProblem.Create(BoundaryModels.All, name, rows, timeSteps);
        var expected = problem.Reference.Predict(problem.Problem.Batch).Values;

        var actual = problem.Model.PredictBatch(problem.Batch);

        BitAssert.Same(problem.Model.PredictEach(problem.Batch), actual, "PredictBatch");
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], OutputTolerance * scale);
    }

    [Theory]
    [MemberData(nameof(Gradients))]
    public void GradientsAreThoseOfTheReference(string name, int rows, int timeSteps)
    {
        var problem = SequenceProblem.Create(BoundaryModels.All, name, rows, timeSteps);

        var loss = problem.CreateTrainer(Optimizer.Sgd(GradientAssert.LearningRate))();

        GradientAssert.Step(problem.Reference, problem.Problem, loss, tensor => problem.Model[tensor], log);
    }

    private static TheoryData<string, int, int> Cases(IEnumerable<string> names, params IReadOnlyList<(int Rows, int TimeSteps)> shapes)
    {
        var cases = new TheoryData<string, int, int>();
        foreach (var name in names)
            foreach (var (rows, timeSteps) in shapes)
                cases.Add(name, rows, timeSteps);
        return cases;
    }
}
