namespace NanoRnn.Training.Tests.Losses;

/// <summary>Losses, data that they are for, and Keras's formulas in double precision.</summary>
internal sealed record LossCase(Loss Loss, LossData Data, Func<double[], double[], double> OfPosition)
{
    private const double Epsilon = 1e-7;

    private static readonly Dictionary<string, LossCase> All = new()
    {
        ["mape"] = new(Loss.MeanAbsolutePercentageError, LossData.Numbers, OfElements((y, t) => 100 * Math.Abs(y - t) / Math.Max(Math.Abs(t), Epsilon))),
        ["msle"] = new(
            Loss.MeanSquaredLogarithmicError,
            LossData.Numbers,
            OfElements((y, t) => Math.Pow(Math.Log(Math.Max(y, Epsilon) + 1) - Math.Log(Math.Max(t, Epsilon) + 1), 2))),
        ["log_cosh"] = new(Loss.LogCosh, LossData.Numbers, OfElements((y, t) => Math.Log(Math.Cosh(y - t)))),
        ["log_cosh near zero"] = new(Loss.LogCosh, LossData.Close, OfElements((y, t) => (y - t) * (y - t) / 2 - Math.Pow(y - t, 4) / 12)),
        ["poisson"] = new(Loss.Poisson, LossData.Probabilities, OfElements((y, t) => y - t * Math.Log(y + Epsilon))),
        ["hinge"] = new(Loss.Hinge, LossData.Signs, OfElements((y, t) => Math.Max(1 - t * y, 0))),
        ["hinge of 0 and 1"] = new(Loss.Hinge, LossData.Flags, OfElements((y, t) => Math.Max(1 - (2 * t - 1) * y, 0))),
        ["squared_hinge"] = new(Loss.SquaredHinge, LossData.Signs, OfElements((y, t) => Math.Pow(Math.Max(1 - t * y, 0), 2))),
        ["categorical_hinge"] = new(Loss.CategoricalHinge, LossData.OneHot, (y, t) =>
            Math.Max(y.Zip(t, (a, b) => (1 - b) * a).Max() - y.Zip(t, (a, b) => a * b).Sum() + 1, 0)),
        ["kl_divergence"] = new(Loss.KLDivergence, LossData.Probabilities, (y, t) =>
            y.Zip(t, (a, b) => Math.Clamp(b, Epsilon, 1) * Math.Log(Math.Clamp(b, Epsilon, 1) / Math.Clamp(a, Epsilon, 1))).Sum()),
        ["cosine_similarity"] = new(Loss.CosineSimilarity, LossData.Numbers, (y, t) => -y.Zip(t, (a, b) => a * b).Sum() / Norm(y) / Norm(t)),
        ["quantile"] = new(Loss.Quantile(0.1, 0.5, 0.8), LossData.Quantiles, (y, t) =>
            y.Select((a, i) => Pinball(((double[])[0.1, 0.5, 0.8])[i % 3], t[i / 3] - a)).Average()),
        ["binary_crossentropy, smoothed"] = new(
            Loss.BinaryCrossentropyWithLabelSmoothing(0.2), LossData.Probabilities, OfElements((y, t) => Binary(y, t * 0.8 + 0.1))),
        ["binary_crossentropy from logits"] = new(Loss.BinaryCrossentropyFromLogits, LossData.Flags, OfElements((y, t) => Binary(Sigmoid(y), t))),
        ["binary_crossentropy from logits, smoothed"] = new(
            Loss.BinaryCrossentropyWithLabelSmoothing(0.2, fromLogits: true), LossData.Flags, OfElements((y, t) => Binary(Sigmoid(y), t * 0.8 + 0.1))),
        ["categorical_crossentropy, smoothed"] = new(
            Loss.CategoricalCrossentropyWithLabelSmoothing(0.3), LossData.Probabilities, (y, t) => Categorical(Shares(y), Smooth(t, 0.3))),
        ["categorical_crossentropy from logits"] = new(
            Loss.CategoricalCrossentropyFromLogits, LossData.Soft, (y, t) => Categorical(Softmax(y), t)),
        ["categorical_crossentropy from logits, smoothed"] = new(
            Loss.CategoricalCrossentropyWithLabelSmoothing(0.3, fromLogits: true), LossData.OneHot, (y, t) => Categorical(Softmax(y), Smooth(t, 0.3))),
        ["sparse_categorical_crossentropy from logits"] = new(
            Loss.SparseCategoricalCrossentropyFromLogits, LossData.Classes, (y, t) => -Math.Log(Softmax(y)[(int)t[0]])),
        ["binary_focal_crossentropy"] = new(
            Loss.BinaryFocalCrossentropy(), LossData.Probabilities, OfElements((y, t) => Math.Pow(t * (1 - y) + (1 - t) * y, 2) * Binary(y, t))),
        ["binary_focal_crossentropy, balanced"] = new(
            Loss.BinaryFocalCrossentropy(true, 0.3, 0.5, labelSmoothing: 0.2),
            LossData.Probabilities,
            OfElements((y, t) => BalancedFocal(y, t * 0.8 + 0.1))),
        ["binary_focal_crossentropy from logits"] = new(
            Loss.BinaryFocalCrossentropy(true, 0.3, 0.5, true, 0.2), LossData.Flags, OfElements((y, t) => BalancedFocal(Sigmoid(y), t * 0.8 + 0.1))),
        ["categorical_focal_crossentropy"] = new(
            Loss.CategoricalFocalCrossentropy(), LossData.Probabilities, (y, t) => CategoricalFocal(Shares(y), t, 0.25, 2)),
        ["categorical_focal_crossentropy from logits"] = new(
            Loss.CategoricalFocalCrossentropy(0.7, 1.5, true, 0.1), LossData.OneHot, (y, t) => CategoricalFocal(Softmax(y), Smooth(t, 0.1), 0.7, 1.5)),
    };

    public static IEnumerable<string> Keys => All.Keys;

    public static TheoryData<string> Names() => [.. Keys];

    public static LossCase Get(string name) => All[name];

    /// <summary>The mean over positions.</summary>
    public double Compute(double[] outputs, float[] targets, int outputSize)
    {
        var positions = outputs.Length / outputSize;
        var targetSize = targets.Length / positions;
        return Enumerable.Range(0, positions).Average(position => OfPosition(
            outputs[(position * outputSize)..((position + 1) * outputSize)],
            [.. targets[(position * targetSize)..((position + 1) * targetSize)].Select(target => (double)target)]));
    }

    private static Func<double[], double[], double> OfElements(Func<double, double, double> element) => (y, t) => y.Zip(t, element).Average();

    private static double Norm(double[] x) => Math.Max(Math.Sqrt(x.Sum(value => value * value)), Epsilon);

    private static double Pinball(double quantile, double error) => Math.Max(quantile * error, (quantile - 1) * error);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Softmax(double[] x) => Shares([.. x.Select(Math.Exp)]);

    private static double[] Shares(double[] x) => [.. x.Select(value => value / x.Sum())];

    private static double[] Smooth(double[] t, double smoothing) => [.. t.Select(value => value * (1 - smoothing) + smoothing / t.Length)];

    private static double Binary(double y, double t) => -(t * Math.Log(y) + (1 - t) * Math.Log(1 - y));

    private static double Categorical(double[] y, double[] t) => -y.Zip(t, (a, b) => b * Math.Log(a)).Sum();

    private static double BalancedFocal(double y, double t) =>
        (t * 0.3 + (1 - t) * 0.7) * Math.Pow(1 - (t * y + (1 - t) * (1 - y)), 0.5) * Binary(y, t);

    private static double CategoricalFocal(double[] y, double[] t, double alpha, double gamma) =>
        y.Zip(t, (a, b) => alpha * Math.Pow(1 - a, gamma) * -b * Math.Log(a)).Sum();
}
