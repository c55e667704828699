using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// What <see cref="NormalizationAttribute"/>, <see cref="DenormalizationAttribute"/> and <see cref="Scaler"/> know of data: mean and variance,
/// or minimum and maximum, of each feature. Sums are doubles in the order of the data (Welford 1962), so the same data gives the same bits everywhere.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FeatureStatistics
{
    private readonly NormalizationKind _kind;
    private readonly string _parameter;
    private readonly double[] _means;

    /// <summary>Sums of squared distances from the mean.</summary>
    private readonly double[] _squares;
    private readonly float[] _minima;
    private readonly float[] _maxima;
    private long _count;

    private FeatureStatistics(int features, NormalizationKind kind, string parameter)
    {
        (_kind, _parameter) = (kind, parameter);
        (_means, _squares) = (new double[features], new double[features]);
        (_minima, _maxima) = (new float[features], new float[features]);
        _minima.AsSpan().Fill(float.PositiveInfinity);
        _maxima.AsSpan().Fill(float.NegativeInfinity);
    }

    /// <summary>Those of rows of features.</summary>
    /// <param name="rows">Rows × <paramref name="features"/> floats, finite; at least one row.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="kind">Which statistics.</param>
    /// <param name="parameter">What to call the rows in messages.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is NaN or infinite.</exception>
    public static FeatureStatistics OfRows(ReadOnlySpan<float> rows, int features, NormalizationKind kind, string parameter)
    {
        if (rows.IsEmpty || rows.Length % features != 0)
            throw new ArgumentException($"Expected one or more rows of {features} floats, found {rows.Length} floats.", parameter);
        var statistics = new FeatureStatistics(features, kind, parameter);
        for (var start = 0; start < rows.Length; start += features)
            statistics.Add(rows.Slice(start, features));
        return statistics.Check();
    }

    /// <summary>Those of a model's inputs: of all steps that are not skipped, up to each sample's length.</summary>
    /// <exception cref="ArgumentException">The samples do not fit the model, no step counts, or a value is NaN or infinite.</exception>
    public static FeatureStatistics OfInputs(ModelLayout layout, SequenceDataset dataset, NormalizationKind kind)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(dataset);
        CheckInputs(layout, dataset);
        var statistics = new FeatureStatistics(layout.InputSize, kind, nameof(dataset));
        var steps = new float[dataset.TimeSteps * dataset.InputSize];
        for (var sample = 0; sample < dataset.Count; sample++)
        {
            dataset.CopyInputBits(sample, steps, dataset.InputSize);
            for (var step = 0; step < dataset.GetLength(sample); step++)
            {
                if (!IsSkipped(layout, steps, step))
                    statistics.Add(steps.AsSpan(step * layout.InputSize, layout.InputSize));
            }
        }

        return statistics.Check();
    }

    /// <summary>Those of a model's targets; of one target per step those of the steps that count.</summary>
    /// <exception cref="ArgumentException">The samples do not fit the model, no target counts, or a value is NaN or infinite.</exception>
    public static FeatureStatistics OfTargets(ModelLayout layout, SequenceDataset dataset, NormalizationKind kind)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(dataset);
        CheckInputs(layout, dataset);
        var isPerStep = layout.ReturnsSequences && layout.OutputSteps == 0;
        var positions = isPerStep ? dataset.TimeSteps : Math.Max(layout.OutputSteps, 1);
        if (!dataset.HasTargets || dataset.HasTargetTokens || dataset.TargetSize % positions != 0
            || layout.OutputSize % (dataset.TargetSize / positions) != 0)
        {
            throw new ArgumentException(
                $"{layout.ModelName} needs targets of {positions * layout.OutputSize} floats ({positions} × {layout.OutputSize}) for each sample, found " +
                (!dataset.HasTargets ? "none." : $"{dataset.TargetSize} {(dataset.HasTargetTokens ? "tokens or classes" : "floats")}."),
                nameof(dataset));
        }

        var features = dataset.TargetSize / positions;
        var statistics = new FeatureStatistics(features, kind, nameof(dataset));
        var steps = new float[isPerStep && layout.MaskValue is not null ? dataset.TimeSteps * dataset.InputSize : 0];
        var targets = new float[dataset.TargetSize];
        for (var sample = 0; sample < dataset.Count; sample++)
        {
            dataset.CopyTarget(sample, targets);
            if (steps.Length > 0)
                dataset.CopyInputBits(sample, steps, dataset.InputSize);
            var count = isPerStep ? dataset.GetLength(sample) : positions;
            for (var position = 0; position < count; position++)
            {
                if (steps.Length == 0 || !IsSkipped(layout, steps, layout.OutputIsReversed ? count - 1 - position : position))
                    statistics.Add(targets.AsSpan(position * features, features));
            }
        }

        return statistics.Check();
    }

    /// <summary>Makes them a layer's.</summary>
    /// <param name="weights">The packed weights.</param>
    /// <param name="offset">Where the layer's start: a row of means or minima, behind it one of variances or maxima.</param>
    /// <param name="features">
    /// Features of the layer. If they are more than those of the data, as many of them follow each other for each of those: a model of
    /// several quantiles has so many outputs for each target.
    /// </param>
    /// <param name="rowLength">Floats from one row to the next.</param>
    /// <exception cref="InvalidOperationException">The weights are constants of the program.</exception>
    public void Store(AlignedBuffer weights, int offset, int features, int rowLength)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var rows = weights.Span.Slice(offset, 2 * rowLength);
        for (var i = 0; i < features; i++)
        {
            var feature = i / (features / _means.Length);
            (rows[i], rows[rowLength + i]) = Of(feature);
        }
    }

    /// <summary>Makes sure that there are some, and that floats can hold them.</summary>
    private FeatureStatistics Check()
    {
        if (_count == 0)
            throw new ArgumentException("The samples have no step that counts.", _parameter);
        for (var feature = 0; feature < _means.Length; feature++)
        {
            var (first, second) = Of(feature);
            if (!float.IsFinite(_kind == NormalizationKind.Standard ? second : second - first))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Feature {feature} goes from {_minima[feature]} to {_maxima[feature]}, too far for statistics of single precision."),
                    _parameter);
            }
        }

        return this;
    }

    private static void CheckInputs(ModelLayout layout, SequenceDataset dataset)
    {
        if (dataset.HasTokens != layout.Vocabulary > 0 || dataset.InputSize != layout.InputSize)
        {
            throw new ArgumentException(
                $"{layout.ModelName} takes {(layout.Vocabulary > 0 ? "tokens" : $"{layout.InputSize} floats per time step")}, " +
                $"the dataset has {(dataset.HasTokens ? "tokens" : $"{dataset.InputSize} floats")}.",
                nameof(dataset));
        }
    }

    /// <summary>Whether a model skips a step. A token's bits are zero where the token is.</summary>
    private static bool IsSkipped(ModelLayout layout, float[] steps, int step) =>
        layout.MaskValue is { } value && Mask.IsSkipped(ref steps[step * layout.InputSize], layout.InputSize, value);

    private void Add(ReadOnlySpan<float> features)
    {
        _count++;
        for (var i = 0; i < features.Length; i++)
        {
            var value = features[i];
            if (!float.IsFinite(value))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Feature {i} of row {_count - 1} is {value}; statistics are of finite values."), _parameter);
            }

            var distance = value - _means[i];
            _means[i] += distance / _count;
            _squares[i] += distance * (value - _means[i]);
            _minima[i] = Math.Min(_minima[i], value);
            _maxima[i] = Math.Max(_maxima[i], value);
        }
    }

    /// <summary>Mean and variance, or minimum and maximum, of a feature.</summary>
    internal (double First, double Second) InDoublePrecision(int feature) => _kind == NormalizationKind.Standard
        ? (_means[feature], _squares[feature] / _count)
        : (_minima[feature], _maxima[feature]);

    private (float First, float Second) Of(int feature)
    {
        var (first, second) = InDoublePrecision(feature);
        return ((float)first, (float)second);
    }
}
