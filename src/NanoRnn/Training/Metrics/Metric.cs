namespace NanoRnn;

/// <summary>
/// What is to be known of a model beside its loss, with Keras's formulas: over all positions that count in the loss, weighted as they are
/// there. A metric is an immutable description; what it sums up lives in the <see cref="Trainer{TModel}"/>.
/// </summary>
/// <remarks>
/// <para>y is the model's output, t the target, and a position an output with its target: one for each sequence, or one for each time step if
/// the model returns sequences. A target that is the index of a class is as good as a one-hot one. Sums are made in double precision, in one
/// order, so the same outputs give the same bits on every platform with any number of threads.</para>
/// <para>For one of your own derive from <see cref="MeanMetric"/>, or from this class and <see cref="MetricState"/>.</para>
/// </remarks>
public abstract class Metric
{
    /// <summary>A metric with a name.</summary>
    /// <param name="name">What <see cref="History"/> calls it; of the validation data, <c>val_</c> and that.</param>
    /// <param name="mode">Which way it gets better, for callbacks; <see cref="MonitorMode.Auto"/> if neither.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected Metric(string name, MonitorMode mode = MonitorMode.Auto)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Mode) = (name, mode);
    }

    /// <summary>
    /// How often the model is right, called <c>accuracy</c>: as in Keras <see cref="BinaryAccuracy"/> for a model with one output,
    /// <see cref="SparseCategoricalAccuracy"/> where targets are indices of classes, and else <see cref="CategoricalAccuracy"/>.
    /// </summary>
    public static Metric Accuracy => new AccuracyMetric();

    /// <summary>Share of the positions where the largest y is the largest t; of several the first counts.</summary>
    public static Metric CategoricalAccuracy => new CategoricalAccuracyMetric("categorical_accuracy");

    /// <summary>Share of the positions where the largest y is that of the class t; of several the first counts.</summary>
    public static Metric SparseCategoricalAccuracy => new SparseCategoricalAccuracyMetric("sparse_categorical_accuracy");

    /// <summary>Mean of <c>|y − t|</c>.</summary>
    public static Metric MeanAbsoluteError => new MeanAbsoluteErrorMetric();

    /// <summary>Mean of <c>(y − t)²</c>.</summary>
    public static Metric MeanSquaredError => new MeanSquaredErrorMetric("mean_squared_error");

    /// <summary>Square root of the mean of <c>(y − t)²</c>.</summary>
    public static Metric RootMeanSquaredError => new RootMeanSquaredErrorMetric();

    /// <summary>Mean of <c>100·|y − t|/max(|t|, 1e-7)</c>.</summary>
    public static Metric MeanAbsolutePercentageError => new MeanAbsolutePercentageErrorMetric();

    /// <summary>
    /// The coefficient of determination R² of each output, <c>1 − Σ(y − t)²/Σ(t − mean t)²</c>, and of these the mean; −∞ counts as 0.
    /// </summary>
    public static Metric R2Score => new R2ScoreMetric();

    /// <summary>
    /// e to the mean of <c>−ln y</c> at the class t, for outputs that are probabilities: scaled to the sum 1 and clipped to [1e-7, 1 − 1e-7].
    /// </summary>
    public static Metric Perplexity => new PerplexityMetric();

    /// <summary>
    /// A metric of one of the outputs that <see cref="OutputAttribute"/> names, called <c>vad_accuracy</c>.
    /// </summary>
    /// <param name="output">Name of the output's layer.</param>
    /// <param name="metric">The metric, which sees that output and its target alone.</param>
    public static Metric OfOutput(string output, Metric metric)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentNullException.ThrowIfNull(metric);
        return new OutputMetric(output, metric);
    }

    /// <summary>What <see cref="History"/> calls it.</summary>
    public string Name { get; }

    /// <summary>Which way it gets better.</summary>
    public MonitorMode Mode { get; }

    /// <summary>Share of the outputs that are on the side of a threshold where their target is: <c>(y &gt; threshold) = t</c>.</summary>
    /// <param name="threshold">Where 1 begins; for logits 0.</param>
    /// <param name="name">What <see cref="History"/> calls it.</param>
    public static Metric BinaryAccuracy(double threshold = 0.5, string name = "binary_accuracy") =>
        new BinaryAccuracyMetric(name, (float)threshold);

    /// <summary>Share of the positions where less than <paramref name="k"/> outputs are larger than that of the largest t.</summary>
    /// <param name="k">How many outputs may be the right one, at least 1.</param>
    /// <param name="name">What <see cref="History"/> calls it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1.</exception>
    public static Metric TopKCategoricalAccuracy(int k = 5, string name = "top_k_categorical_accuracy") =>
        new TopKAccuracyMetric(name, k, hasClasses: false);

    /// <summary>Share of the positions where less than <paramref name="k"/> outputs are larger than that of the class t.</summary>
    /// <param name="k">How many outputs may be the right one, at least 1.</param>
    /// <param name="name">What <see cref="History"/> calls it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1.</exception>
    public static Metric SparseTopKCategoricalAccuracy(int k = 5, string name = "sparse_top_k_categorical_accuracy") =>
        new TopKAccuracyMetric(name, k, hasClasses: true);

    /// <summary>Share of what the model calls positive that is: <c>TP/(TP + FP)</c> over all outputs, 0 without any.</summary>
    /// <param name="threshold">An output above it is positive. Null for 0.5, or, with <paramref name="topK"/>, for none.</param>
    /// <param name="topK">Only so many of the largest outputs of a position can be positive, at least 1; null for all.</param>
    /// <param name="classId">The only output that counts; null for all.</param>
    /// <param name="name">What <see cref="History"/> calls it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="topK"/> is less than 1 or <paramref name="classId"/> negative.</exception>
    public static Metric Precision(double? threshold = null, int? topK = null, int? classId = null, string name = "precision") =>
        new PrecisionMetric(name, new PositiveRule((float?)threshold, topK, classId));

    /// <summary>Share of what is positive that the model calls so: <c>TP/(TP + FN)</c> over all outputs, 0 without any.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric Recall(double? threshold = null, int? topK = null, int? classId = null, string name = "recall") =>
        new RecallMetric(name, new PositiveRule((float?)threshold, topK, classId));

    /// <summary>
    /// The harmonic mean of <c>p = TP/(TP + FP + ε)</c> and <c>r = TP/(TP + FN + ε)</c>, <c>2·p·r/(p + r + ε)</c> with ε = 1e-7.
    /// </summary>
    /// <param name="average">How the scores of several outputs become one.</param>
    /// <param name="threshold">
    /// An output above it is positive. Null for the largest of a position, unless it is 1e-9 or less; with one output for 0.5.
    /// </param>
    /// <param name="name">What <see cref="History"/> calls it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="average"/> is none.</exception>
    public static Metric F1Score(F1Average average = F1Average.Macro, double? threshold = null, string name = "f1_score") =>
        new F1ScoreMetric(name, average, (float?)threshold);

    /// <summary>
    /// The area under a curve of the outputs, which lie between 0 and 1, by way of evenly spaced thresholds; outputs of all positions together.
    /// </summary>
    /// <param name="curve">Recall over false positives, or precision over recall (interpolated after Davis and Goadrich 2006).</param>
    /// <param name="numThresholds">How many thresholds, at least 2: 0, 1 and those between.</param>
    /// <param name="name">What <see cref="History"/> calls it.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="numThresholds"/> is less than 2, or <paramref name="curve"/> none.
    /// </exception>
    public static Metric Auc(AucCurve curve = AucCurve.Roc, int numThresholds = 200, string name = "auc") =>
        new AucMetric(name, curve, numThresholds);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>What speaks against using the metric, as in "needs one output", or null. A trainer's constructor refuses it then.</summary>
    /// <param name="context">What it would see.</param>
    protected internal virtual string? FindMismatch(MetricContext context) => null;

    /// <summary>What will sum the metric up. All that it needs is allocated here.</summary>
    /// <param name="context">What it will see.</param>
    protected internal abstract MetricState CreateState(MetricContext context);
}
