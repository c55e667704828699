namespace NanoRnn.Training.Tests.Metrics;

/// <summary>Values beside Keras's formulas, over batches of several sizes, with weights and without.</summary>
public sealed class MetricTests
{
    private const double Tolerance = 1e-6;

    private static readonly (Metric Metric, Func<double[][], double[][], double[], double> Formula)[] OfNumbers =
    [
        (Metric.MeanAbsoluteError, KerasMetrics.MeanAbsoluteError),
        (Metric.MeanSquaredError, KerasMetrics.MeanSquaredError),
        (Metric.RootMeanSquaredError, KerasMetrics.RootMeanSquaredError),
        (Metric.MeanAbsolutePercentageError, KerasMetrics.MeanAbsolutePercentageError),
        (Metric.R2Score, KerasMetrics.R2Score),
    ];

    private static readonly (Metric Metric, Func<double[][], double[][], double[], double> Formula)[] OfLabels =
    [
        (Metric.BinaryAccuracy(), (y, t, w) => KerasMetrics.BinaryAccuracy(y, t, w, 0.5)),
        (Metric.BinaryAccuracy(0.3f), (y, t, w) => KerasMetrics.BinaryAccuracy(y, t, w, 0.3f)),
        (Metric.Precision(), (y, t, w) => KerasMetrics.Precision(y, t, w, 0.5, null, null)),
        (Metric.Precision(0.25f), (y, t, w) => KerasMetrics.Precision(y, t, w, 0.25, null, null)),
        (Metric.Recall(), (y, t, w) => KerasMetrics.Recall(y, t, w, 0.5, null, null)),
        (Metric.F1Score(F1Average.Macro, 0.4f), (y, t, w) => KerasMetrics.F1Score(y, t, w, F1Average.Macro, 0.4f)),
        (Metric.F1Score(F1Average.Micro, 0.4f), (y, t, w) => KerasMetrics.F1Score(y, t, w, F1Average.Micro, 0.4f)),
        (Metric.F1Score(F1Average.Weighted, 0.4f), (y, t, w) => KerasMetrics.F1Score(y, t, w, F1Average.Weighted, 0.4f)),
        (Metric.Auc(), (y, t, w) => KerasMetrics.Auc(y, t, w, AucCurve.Roc, 200)),
        (Metric.Auc(AucCurve.PrecisionRecall), (y, t, w) => KerasMetrics.Auc(y, t, w, AucCurve.PrecisionRecall, 200)),
        (Metric.Auc(numThresholds: 7), (y, t, w) => KerasMetrics.Auc(y, t, w, AucCurve.Roc, 7)),
        (Metric.Auc(AucCurve.PrecisionRecall, 7), (y, t, w) => KerasMetrics.Auc(y, t, w, AucCurve.PrecisionRecall, 7)),
    ];

    /// <summary>Of each, one with indices of classes and the same with one-hot targets.</summary>
    private static readonly (Metric Sparse, Metric Categorical, Func<double[][], double[][], double[], double> Formula)[] OfClasses =
    [
        (Metric.Accuracy, Metric.Accuracy, KerasMetrics.CategoricalAccuracy),
        (Metric.SparseCategoricalAccuracy, Metric.CategoricalAccuracy, KerasMetrics.CategoricalAccuracy),
        (Metric.SparseTopKCategoricalAccuracy(2), Metric.TopKCategoricalAccuracy(2), (y, t, w) => KerasMetrics.TopKCategoricalAccuracy(y, t, w, 2)),
        (Metric.Perplexity, Metric.Perplexity, KerasMetrics.Perplexity),
        (Metric.Precision(topK: 2), Metric.Precision(topK: 2), (y, t, w) => KerasMetrics.Precision(y, t, w, double.NegativeInfinity, 2, null)),
        (Metric.Recall(0.2f, 2, 1), Metric.Recall(0.2f, 2, 1), (y, t, w) => KerasMetrics.Recall(y, t, w, 0.2f, 2, 1)),
        (Metric.Precision(0.2f, classId: 3), Metric.Precision(0.2f, classId: 3), (y, t, w) => KerasMetrics.Precision(y, t, w, 0.2f, null, 3)),
        (Metric.F1Score(), Metric.F1Score(), (y, t, w) => KerasMetrics.F1Score(y, t, w, F1Average.Macro, null)),
        (Metric.F1Score(F1Average.Weighted), Metric.F1Score(F1Average.Weighted), (y, t, w) => KerasMetrics.F1Score(y, t, w, F1Average.Weighted, null)),
        (Metric.Auc(), Metric.Auc(), (y, t, w) => KerasMetrics.Auc(y, t, w, AucCurve.Roc, 200)),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OfNumbersAsKeras(bool hasWeights)
    {
        foreach (var size in (int[])[1, 3])
            foreach (var (metric, formula) in OfNumbers)
            {
                var data = MetricData.CreateNumbers(53, size, hasWeights);
                Compare(metric, formula(data.Outputs, data.Targets, data.Weights), data, hasClasses: false);
            }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OfLabelsAsKeras(bool hasWeights)
    {
        foreach (var size in (int[])[1, 3])
            foreach (var (metric, formula) in OfLabels)
            {
                var data = MetricData.CreateLabels(53, size, hasWeights);
                Compare(metric, formula(data.Outputs, data.Targets, data.Weights), data, hasClasses: false);
            }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OfClassesAsKeras(bool hasWeights)
    {
        var data = MetricData.CreateClasses(53, 4, hasWeights);
        foreach (var (sparse, categorical, formula) in OfClasses)
        {
            var expected = formula(data.Outputs, data.Targets, data.Weights);
            Compare(sparse, expected, data, hasClasses: true);
            Compare(categorical, expected, data, hasClasses: false);
        }
    }

    [Fact]
    public void TiesAreAsInKeras()
    {
        MetricData data = new([[0.25, 0.25, 0.1, 0.4], [0.3, 0.3, 0.3, 0.1]], [[0, 1, 0, 0], [0, 0, 1, 0]], [1, 1], HasWeights: false);
        Assert.Equal(1, data.Compute(Metric.SparseTopKCategoricalAccuracy(2), hasClasses: true));
        Assert.Equal(0, data.Compute(Metric.SparseCategoricalAccuracy, hasClasses: true));
        Assert.Equal(0, data.Compute(Metric.Recall(topK: 2), hasClasses: true));
        Assert.Equal(1.0 / 4, data.Compute(Metric.Precision(0.29f), hasClasses: true));
    }

    [Fact]
    public void NothingToDivideByIsZero()
    {
        MetricData none = new([[0.1]], [[0]], [1], HasWeights: false);
        foreach (var metric in (Metric[])[Metric.Precision(), Metric.Recall(), Metric.F1Score(), Metric.Auc(), Metric.Auc(AucCurve.PrecisionRecall)])
            Assert.Equal(0, none.Compute(metric, hasClasses: false));
        Assert.Equal(0, Metric.MeanAbsoluteError.CreateState(MetricData.ContextOf(1, hasClasses: false)).Result);
    }

    [Fact]
    public void NaNIsNoRightAnswer()
    {
        MetricData data = new([[double.NaN, 0.2]], [[0, 1]], [1], HasWeights: false);
        Assert.Equal(0, data.Compute(Metric.SparseCategoricalAccuracy, hasClasses: true));
        Assert.Equal(0, data.Compute(Metric.SparseTopKCategoricalAccuracy(1), hasClasses: true));
        Assert.Equal(double.NaN, data.Compute(Metric.MeanAbsoluteError, hasClasses: false));
    }

    [Fact]
    public void ResetForgets()
    {
        var (first, second) = (MetricData.CreateClasses(20, 4, hasWeights: true), MetricData.CreateClasses(9, 4, hasWeights: true));
        foreach (var (metric, _, _) in OfClasses)
        {
            var state = metric.CreateState(MetricData.ContextOf(4, hasClasses: true));
            first.Update(state, hasClasses: true);
            state.Reset();
            second.Update(state, hasClasses: true);
            Assert.Equal(second.Compute(metric, hasClasses: true), state.Result);
        }
    }

    [Fact]
    public void NumbersAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.TopKCategoricalAccuracy(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Precision(topK: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Recall(classId: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Auc(numThresholds: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Auc((AucCurve)2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.F1Score((F1Average)3));
        Assert.Throws<ArgumentException>(() => Metric.BinaryAccuracy(name: ""));
    }

    [Fact]
    public void NamesAreKeras() => Assert.Equal(
        [
            "accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "top_k_categorical_accuracy",
            "sparse_top_k_categorical_accuracy", "precision", "recall", "f1_score", "auc", "mean_absolute_error", "mean_squared_error",
            "root_mean_squared_error", "mean_absolute_percentage_error", "r2_score", "perplexity",
        ],
        ((Metric[])
        [
            Metric.Accuracy, Metric.BinaryAccuracy(), Metric.CategoricalAccuracy, Metric.SparseCategoricalAccuracy,
            Metric.TopKCategoricalAccuracy(), Metric.SparseTopKCategoricalAccuracy(), Metric.Precision(), Metric.Recall(), Metric.F1Score(),
            Metric.Auc(), Metric.MeanAbsoluteError, Metric.MeanSquaredError, Metric.RootMeanSquaredError, Metric.MeanAbsolutePercentageError,
            Metric.R2Score, Metric.Perplexity,
        ]).Select(metric => metric.Name));

    private static void Compare(Metric metric, double expected, MetricData data, bool hasClasses) =>
        Assert.Equal(expected, data.Compute(metric, hasClasses), Tolerance * Math.Max(1, Math.Abs(expected)));
}
