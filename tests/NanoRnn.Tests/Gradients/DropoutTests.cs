using NanoRnn.Tests.Golden;
using NanoRnn.Reference;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Gradients;

/// <summary>
/// Training with dropout against the reference. What was dropped shows in the gradient of the kernel that it meets: its row is
/// zero, provided that it is dropped at all time steps and for all gates.
/// </summary>
public class DropoutTests(ITestOutputHelper log)
{
    private const int Trials = 8;

    public static TheoryData<string> Models =>
        [.. SequenceGradientModels.All.Where(name => name.StartsWith("Dropped", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Models))]
    public void GradientsAreThoseOfTheReferenceWithTheSameFactors(string name)
    {
        var (dropped, total) = (0, 0);
        var problem = SequenceProblem.Create(name, rows: 1);
        var train = problem.CreateTrainer(Optimizer.Sgd(GradientAssert.LearningRate));
        for (var trial = 0; trial < Trials; trial++)
        {
            foreach (var tensor in problem.Reference.Tensors)
                problem.Model[tensor.Name] = Array.ConvertAll(tensor.Values, value => (float)value);

            var loss = train();

            var factors = FactorsOf(name)
                .ToDictionary(drop => drop.Place, drop => new[] { FindFactors(problem, drop.Kernel, drop.Rate) });
            var batch = problem.Problem.Batch with { Dropout = factors };
            GradientAssert.Step(
                problem.Reference, problem.Problem with { Batch = batch }, loss, tensor => problem.Model[tensor], log);
            total += factors.Values.Sum(rows => rows[0].Length);
            dropped += factors.Values.Sum(rows => rows[0].Count(factor => factor == 0));
        }

        // The rates are 0.3 to 0.5, and the factors change from batch to batch.
        Assert.InRange(dropped, 0.15 * total, 0.75 * total);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PredictionsDropNothing(string name)
    {
        var problem = SequenceProblem.Create(name);
        var expected = problem.Reference.Predict(problem.Problem.Batch).Values;

        foreach (var (wanted, got) in expected.Zip(problem.Model.PredictBatch(problem.Batch)))
            Assert.Equal(wanted, got, 2e-6 * expected.Max(Math.Abs));
    }

    /// <summary>Where the reference looks for factors, and the tensor that shows them.</summary>
    private static (string Place, string Kernel, double Rate)[] FactorsOf(string name) => name switch
    {
        "DroppedLstm" => [("lstm.input", "lstm.kernel", 0.4f), ("lstm.state", "lstm.recurrent_kernel", 0.3f)],
        "DroppedGru" =>
        [
            ("gru.forward.input", "gru.forward.kernel", 0.4f), ("gru.forward.state", "gru.forward.recurrent_kernel", 0.5f),
            ("gru.backward.input", "gru.backward.kernel", 0.4f), ("gru.backward.state", "gru.backward.recurrent_kernel", 0.5f),
        ],
        "DroppedSimpleRnn" => [("simple_rnn.state", "simple_rnn.recurrent_kernel", 0.5f)],
        _ => [("dropout", "dense.kernel", 0.5f)],
    };

    /// <summary>Zero for a row that the step has left alone, else 1 / (1 − rate).</summary>
    private static double[] FindFactors(SequenceProblem problem, string kernel, double rate)
    {
        var before = problem.Reference.Tensors.Single(tensor => tensor.Name == kernel);
        var rows = before.Values.Zip(problem.Model[kernel], (a, b) => a == b).Chunk(before.Shape[1]);
        return [.. rows.Select(isSame => isSame.All(same => same) ? 0 : 1 / (1 - rate))];
    }
}
