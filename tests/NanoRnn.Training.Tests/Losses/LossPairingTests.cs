using NanoRnn.CompilerServices;

namespace NanoRnn.Training.Tests.Losses;

/// <summary>A loss is accepted where the last layer gives what it is for, and refused elsewhere with what to use instead.</summary>
public class LossPairingTests
{
    private static readonly Loss[] OfNumbers =
        [Loss.MeanAbsolutePercentageError, Loss.MeanSquaredLogarithmicError, Loss.LogCosh, Loss.CosineSimilarity, Loss.CategoricalHinge, Loss.Quantile(0.1, 0.9)];

    private static readonly Loss[] OfLogits =
    [
        Loss.BinaryCrossentropyFromLogits, Loss.CategoricalCrossentropyFromLogits, Loss.SparseCategoricalCrossentropyFromLogits,
        Loss.BinaryFocalCrossentropy(fromLogits: true), Loss.CategoricalFocalCrossentropy(fromLogits: true),
        Loss.BinaryCrossentropyWithLabelSmoothing(0.1, fromLogits: true), Loss.CategoricalCrossentropyWithLabelSmoothing(0.1, fromLogits: true),
    ];

    private static readonly Loss[] OfProbabilities =
    [
        Loss.BinaryCrossentropyWithLabelSmoothing(0.1), Loss.CategoricalCrossentropyWithLabelSmoothing(0.1), Loss.BinaryFocalCrossentropy(),
        Loss.CategoricalFocalCrossentropy(), Loss.KLDivergence,
    ];

    [Fact]
    public void ErrorsAreForAllOutputs()
    {
        foreach (var loss in OfNumbers)
        {
            Assert.Null(Mistake<Scores>(loss));
            Assert.Null(Mistake<Rectified>(loss));
            Assert.Null(Mistake<Counts>(loss));
        }
    }

    [Fact]
    public void LogitsComeFromALinearLayer()
    {
        foreach (var loss in OfLogits)
        {
            Assert.Null(Mistake<Scores>(loss));
            AssertContains("needs logits, but Classifier ends with 'dense' (Dense with Softmax): end it with [Dense(3)]", Mistake<Classifier>(loss));
            AssertContains("needs logits, but Counts ends with 'dense' (Dense with Softplus)", Mistake<Counts>(loss));
            AssertContains("needs logits, but Rectified ends with 'dense' (Dense with Relu)", Mistake<Rectified>(loss));
        }

        AssertContains("or use CategoricalCrossentropy for probabilities", Mistake<Classifier>(Loss.CategoricalCrossentropyFromLogits));
    }

    [Fact]
    public void ProbabilitiesComeFromSoftmaxOrSigmoid()
    {
        foreach (var loss in OfProbabilities)
        {
            Assert.Null(Mistake<Classifier>(loss));
            AssertContains("Scores ends with 'dense' (Dense with Linear): end it with [Dense(4, Activation = Activation.", Mistake<Scores>(loss));
        }

        AssertContains("or use CategoricalCrossentropyFromLogits for the outputs of a linear layer", Mistake<Scores>(Loss.CategoricalCrossentropy));
        AssertContains("CategoricalFocalCrossentropy with fromLogits", Mistake<Scores>(Loss.CategoricalFocalCrossentropy()));
    }

    [Fact]
    public void OthersHaveRangesOfTheirOwn()
    {
        Assert.Null(Mistake<Counts>(Loss.Poisson));
        AssertContains("[Dense(4, Activation = Activation.Softplus)]", Mistake<Scores>(Loss.Poisson));
        foreach (var loss in (Loss[])[Loss.Hinge, Loss.SquaredHinge])
        {
            Assert.Null(Mistake<Scores>(loss));
            AssertContains("Flag ends with 'dense' (Dense with Sigmoid), whose outputs are not negative", Mistake<Flag>(loss));
        }

        AssertContains("at least two classes", Mistake<Forecaster>(Loss.CategoricalHinge));
        AssertContains("at least two classes", Mistake<Forecaster>(Loss.SparseCategoricalCrossentropyFromLogits));
        AssertContains("compares directions", Mistake<Forecaster>(Loss.CosineSimilarity));
        AssertContains("needs 3 outputs for each target, one for each quantile, but Scores has 4", Mistake<Scores>(Loss.Quantile(0.1, 0.5, 0.9)));
    }

    [Fact]
    public void NumbersAreChecked()
    {
        Assert.Throws<ArgumentException>("quantiles", () => Loss.Quantile());
        Assert.Throws<ArgumentException>("quantiles", () => Loss.Quantile(0.5, 0.5));
        Assert.Throws<ArgumentException>("quantiles", () => Loss.Quantile(0, 0.5));
        Assert.Throws<ArgumentException>("quantiles", () => Loss.Quantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("labelSmoothing", () => Loss.CategoricalCrossentropyWithLabelSmoothing(1.5));
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => Loss.BinaryFocalCrossentropy(gamma: -1));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => Loss.BinaryFocalCrossentropy(alpha: 2));
        Assert.Throws<ArgumentOutOfRangeException>("delta", () => Loss.Huber(0));
    }

    private static void AssertContains(string expected, string? message) => Assert.Contains(expected, message ?? "", StringComparison.Ordinal);

    private static string? Mistake<TModel>(Loss loss)
        where TModel : class, IRnnModel<TModel>
    {
        try
        {
            new Trainer<TModel>(TModel.Create(new AlignedBuffer(TModel.Layout.WeightLength)), new TrainerOptions { Loss = loss }).Dispose();
            return null;
        }
        catch (ArgumentException exception)
        {
            Assert.Equal("options", exception.ParamName);
            return exception.Message;
        }
    }
}
