using NanoRnn.CompilerServices;
using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Cells;

/// <summary>Cells that users describe are those that the library has, where they are the same.</summary>
public class CellTests
{
    private const int Rows = 3;
    private const int TimeSteps = 5;

    [Fact]
    public void SmallLstmHasTheBitsOfTheBuiltInOne() => AssertSame(new BuiltInLstm5(1), m => m.Weights, new OwnLstm5(1), m => m.Weights);

    [Fact]
    public void StackedLstmHasTheBitsOfTheBuiltInOne() => AssertSame(new BuiltInLstm35(1), m => m.Weights, new OwnLstm35(1), m => m.Weights);

    [Fact]
    public void GruHasTheBitsOfTheBuiltInOne() => AssertSame(new BuiltInGru(1), m => m.Weights, new OwnGru(1), m => m.Weights);

    [Fact]
    public void AppliedFunctionIsTheActivation() => AssertSame(new MethodRnn(1), m => m.Weights, new OwnRnn(1), m => m.Weights);

    [Fact]
    public void TensorsAreNamedAfterGatesAndWeights()
    {
        var tensors = new Gradients.OwnPeepholeLstm().Weights;
        Assert.Equal(
            ["custom_rnn.kernel (2, 20)", "custom_rnn.recurrent_kernel (5, 20)", "custom_rnn.bias (20)",
                "custom_rnn.peephole_i (5)", "custom_rnn.peephole_f (5)", "custom_rnn.peephole_o (5)"],
            tensors.Select(tensor => tensor.ToString()));
        Assert.All(tensors["custom_rnn.peephole_o"].ToArray(), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void DescriptionCannotBeExecuted() => Assert.Throws<NotSupportedException>(() => (CellValue)1f);

    /// <summary>Predictions and five steps of training have the same bits, from the same seed.</summary>
    private static void AssertSame<TFirst, TSecond>(
        TFirst first, Func<TFirst, WeightCollection> firstWeights, TSecond second, Func<TSecond, WeightCollection> secondWeights)
        where TFirst : class, IRnnModel<TFirst>, ISequencePredictor<float>
        where TSecond : class, IRnnModel<TSecond>, ISequencePredictor<float>
    {
        var inputs = GoldenFormula.Inputs("cells", Rows * TimeSteps * TFirst.Layout.InputSize);
        var targets = GoldenFormula.Uniform("cells/targets", Rows * TFirst.Layout.OutputSize, 1);
        var (expected, found) = (new float[targets.Length], new float[targets.Length]);
        first.PredictBatch(inputs, TimeSteps, expected);
        second.PredictBatch(inputs, TimeSteps, found);
        Assert.Equal(expected, found);
        Assert.DoesNotContain(0f, expected);

        var options = new TrainerOptions { Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Adam(), BatchSize = Rows, TimeSteps = TimeSteps };
        using var firstTrainer = new Trainer<TFirst>(first, options);
        using var secondTrainer = new Trainer<TSecond>(second, options);
        for (var step = 0; step < 5; step++)
            Assert.Equal(firstTrainer.TrainBatch(inputs, targets), secondTrainer.TrainBatch(inputs, targets));
        foreach (var tensor in firstWeights(first))
            Assert.Equal(tensor.ToArray(), secondWeights(second)[tensor.Name].ToArray());
    }
}
