using NanoRnn.Tests.Golden;
using NanoRnn.Reference;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Gradients;

/// <summary>
/// Outputs and gradients of models of whole sequences against the reference: directions, merges, masks, lengths, layers between,
/// decoders.
/// </summary>
public class SequenceGradientTests(ITestOutputHelper log)
{
    private const double OutputTolerance = 2e-6;

    /// <summary>Names, and whether the sequences have lengths of their own.</summary>
    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var name in SequenceGradientModels.All.Where(name => !name.StartsWith("Dropped", StringComparison.Ordinal)))
            {
                cases.Add(name, false);
                cases.Add(name, true);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientsAreThoseOfTheReference(string name, bool hasLengths)
    {
        var problem = SequenceProblem.Create(name, hasLengths);

        var loss = problem.CreateTrainer(Optimizer.Sgd(GradientAssert.LearningRate))();

        GradientAssert.Step(problem.Reference, problem.Problem, loss, tensor => problem.Model[tensor], log);
    }

    /// <summary>At every position: masked ones repeat what was before or are zero, and zeros are behind a sequence's end.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputsAreThoseOfTheReference(string name, bool hasLengths)
    {
        var problem = SequenceProblem.Create(name, hasLengths);
        if (problem.TargetSteps > 0)
            return;

        var expected = problem.Reference.Predict(problem.Problem.Batch).Values;
        var actual = problem.Model.PredictBatch(problem.Batch);

        BitAssert.Same(problem.Model.PredictEach(problem.Batch), actual, "PredictBatch");
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], OutputTolerance * scale);
    }
}
