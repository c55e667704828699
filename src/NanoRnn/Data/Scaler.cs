using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// Features to numbers of the size of one and back, by statistics of data: scikit-learn's scalers, with its formulas. It stands beside a model;
/// <see cref="NormalizationAttribute"/> and <see cref="DenormalizationAttribute"/> belong to one, and to its file.
/// </summary>
/// <remarks>
/// <c>(x − offset) / scale</c> in double precision, rounded once: the same bits everywhere. Statistics of training data are to be used for all data.
/// A scaler does not change; several threads may use it.
/// </remarks>
/// <example>
/// <code>
/// var scaler = Scaler.Standard(training, features: 3);
/// scaler.Transform(training, training);                                 // in place
/// scaler.Select(0).InverseTransform(forecasts, forecasts);              // forecasts of the first feature
/// </code>
/// </example>
public sealed class Scaler
{
    private readonly double[] _offsets;
    private readonly double[] _scales;

    /// <summary>A scaler of given numbers, such as those of another one.</summary>
    /// <param name="offsets">What is subtracted from each feature, finite; at least one.</param>
    /// <param name="scales">What the difference is divided by, finite and not zero; as many.</param>
    /// <exception cref="ArgumentException">They are not as many, none, or one of them cannot be.</exception>
    public Scaler(ReadOnlySpan<double> offsets, ReadOnlySpan<double> scales)
    {
        if (offsets.IsEmpty || offsets.Length != scales.Length)
            throw new ArgumentException($"Expected an offset and a scale for each feature, found {offsets.Length} offsets and {scales.Length} scales.", nameof(scales));
        for (var i = 0; i < offsets.Length; i++)
        {
            if (!double.IsFinite(offsets[i]) || !double.IsFinite(scales[i]) || scales[i] == 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Feature {i} has the offset {offsets[i]} and the scale {scales[i]}; expected finite numbers, and a scale that is not zero."),
                    nameof(scales));
            }
        }

        (_offsets, _scales) = (offsets.ToArray(), scales.ToArray());
    }

    /// <summary>Number of features.</summary>
    public int Features => _offsets.Length;

    /// <summary>What is subtracted from each feature.</summary>
    public ReadOnlySpan<double> Offsets => _offsets;

    /// <summary>What the difference is divided by.</summary>
    public ReadOnlySpan<double> Scales => _scales;

    /// <summary>To mean 0 and variance 1: <c>StandardScaler</c>. A feature that never changes becomes zero.</summary>
    /// <param name="rows">Rows × <paramref name="features"/> floats, finite; at least one row.</param>
    /// <param name="features">Features of a row, at least 1.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is NaN or infinite.</exception>
    public static Scaler Standard(ReadOnlySpan<float> rows, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        var statistics = FeatureStatistics.OfRows(rows, features, NormalizationKind.Standard, nameof(rows));
        return Of(features, feature =>
        {
            var (mean, variance) = statistics.InDoublePrecision(feature);
            return (mean, Math.Sqrt(variance));
        });
    }

    /// <summary>From the least and the largest value to two numbers: <c>MinMaxScaler</c>. A feature that never changes becomes the lower one.</summary>
    /// <param name="rows">Rows × <paramref name="features"/> floats, finite; at least one row.</param>
    /// <param name="features">Features of a row, at least 1.</param>
    /// <param name="minimum">What the least value becomes.</param>
    /// <param name="maximum">What the largest value becomes, more than <paramref name="minimum"/>.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not above <paramref name="minimum"/>, or either is not finite.</exception>
    public static Scaler MinMax(ReadOnlySpan<float> rows, int features, double minimum = 0, double maximum = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (!double.IsFinite(maximum - minimum) || maximum <= minimum)
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, FormattableString.Invariant($"Expected a finite number above the minimum, {minimum}."));
        var statistics = FeatureStatistics.OfRows(rows, features, NormalizationKind.MinMax, nameof(rows));
        return Of(features, feature =>
        {
            var (least, largest) = statistics.InDoublePrecision(feature);
            var scale = (largest > least ? largest - least : 1) / (maximum - minimum);
            return (least - minimum * scale, scale);
        });
    }

    /// <summary>
    /// To median 0 and a distance of 1 between the first and the third quartile, of which outliers change little: <c>RobustScaler</c>. Quartiles
    /// lie between values as numpy's do; where they are equal a feature is only moved.
    /// </summary>
    /// <param name="rows">Rows × <paramref name="features"/> floats, finite; at least one row.</param>
    /// <param name="features">Features of a row, at least 1.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is NaN or infinite.</exception>
    public static Scaler Robust(ReadOnlySpan<float> rows, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        FeatureStatistics.OfRows(rows, features, NormalizationKind.MinMax, nameof(rows));
        var (offsets, scales, column) = (new double[features], new double[features], new float[rows.Length / features]);
        for (var feature = 0; feature < features; feature++)
        {
            for (var row = 0; row < column.Length; row++)
                column[row] = rows[row * features + feature];
            Array.Sort(column);
            offsets[feature] = Quantile(column, 0.5);
            scales[feature] = NotZero(Quantile(column, 0.75) - Quantile(column, 0.25));
        }

        return new(offsets, scales);
    }

    /// <summary>The scaler of some of the features, in the order given: of those that a model forecasts, for one.</summary>
    /// <param name="features">Which features, from 0; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature.</exception>
    /// <exception cref="ArgumentException">None is given.</exception>
    public Scaler Select(params ReadOnlySpan<int> features)
    {
        var (offsets, scales) = (new double[features.Length], new double[features.Length]);
        for (var i = 0; i < features.Length; i++)
        {
            if ((uint)features[i] >= (uint)Features)
                throw new ArgumentOutOfRangeException(nameof(features), features[i], $"Expected a feature from 0 to {Features - 1}.");
            (offsets[i], scales[i]) = (_offsets[features[i]], _scales[features[i]]);
        }

        return new(offsets, scales);
    }

    /// <summary><c>(x − offset) / scale</c>, without allocating.</summary>
    /// <param name="rows">Rows × <see cref="Features"/> floats. NaN stays NaN.</param>
    /// <param name="scaled">As many; may be the same memory.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the two overlap and are not the same.</exception>
    public void Transform(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        Check(rows, scaled, nameof(scaled));
        for (var start = 0; start < rows.Length; start += Features)
            for (var i = 0; i < Features; i++)
                scaled[start + i] = (float)((rows[start + i] - _offsets[i]) / _scales[i]);
    }

    /// <summary><c>y·scale + offset</c>, without allocating.</summary>
    /// <param name="scaled">Rows × <see cref="Features"/> floats. NaN stays NaN.</param>
    /// <param name="rows">As many; may be the same memory.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the two overlap and are not the same.</exception>
    public void InverseTransform(ReadOnlySpan<float> scaled, Span<float> rows)
    {
        Check(scaled, rows, nameof(rows));
        for (var start = 0; start < scaled.Length; start += Features)
            for (var i = 0; i < Features; i++)
                rows[start + i] = (float)(scaled[start + i] * _scales[i] + _offsets[i]);
    }

    private static Scaler Of(int features, Func<int, (double Offset, double Scale)> statistics)
    {
        var (offsets, scales) = (new double[features], new double[features]);
        for (var feature = 0; feature < features; feature++)
        {
            (offsets[feature], var scale) = statistics(feature);
            scales[feature] = NotZero(scale);
        }

        return new(offsets, scales);
    }

    private static double NotZero(double scale) => scale == 0 ? 1 : scale;

    /// <summary>A quantile of sorted values, between the two that it lies between.</summary>
    private static double Quantile(float[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * ((double)sorted[above] - sorted[below]);
    }

    private void Check(ReadOnlySpan<float> source, Span<float> target, string parameter)
    {
        if (source.Length % Features != 0 || target.Length != source.Length)
            throw new ArgumentException($"Expected rows of {Features} floats, as many in both, found {source.Length} and {target.Length} floats.", parameter);
        if (source.Overlaps(target, out var offset) && offset != 0)
            throw new ArgumentException("Expected the same memory, or memory that does not overlap.", parameter);
    }
}
