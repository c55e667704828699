namespace Forecasting;

/// <summary>The errors of the model beside those of two forecasts that need no learning.</summary>
/// <param name="Model">The network's.</param>
/// <param name="Persistence">Nothing changes: the last known month again.</param>
/// <param name="SeasonalNaive">The cycle repeats: the month one <see cref="Season"/> earlier.</param>
public sealed record Comparison(ForecastError Model, ForecastError Persistence, ForecastError SeasonalNaive)
{
    /// <summary>Months of a solar cycle, about eleven years.</summary>
    public const int Season = 132;

    /// <summary>One month ahead, for every month from <paramref name="start"/> to the end.</summary>
    public static Comparison OneStep(ReadOnlySpan<float> series, int start, ReadOnlySpan<float> forecast) => new(
        ForecastError.Of(forecast, series[start..]),
        ForecastError.Of(series[(start - 1)..^1], series[start..]),
        ForecastError.Of(series[(start - Season)..^Season], series[start..]));

    /// <summary>
    /// Some months ahead without a look at the truth, from a year's distance to the next, from <paramref name="start"/> to the
    /// last start that leaves enough truth to compare with.
    /// </summary>
    public static (Comparison Errors, int Starts) FreeRunning(
        SunspotForecaster forecaster, ReadOnlySpan<float> series, int start, int months)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, Season);
        const int Year = 12;
        List<float> truth = [], model = [], persistence = [], seasonal = [];
        var starts = 0;
        for (; start + months <= series.Length; start += Year, starts++)
        {
            truth.AddRange(series.Slice(start, months));
            model.AddRange(forecaster.RunFreely(series[..start], months));
            persistence.AddRange(Enumerable.Repeat(series[start - 1], months));
            seasonal.AddRange(series.Slice(start - Season, months));
        }

        return (new Comparison(Compare(model), Compare(persistence), Compare(seasonal)), starts);

        ForecastError Compare(List<float> forecast) => ForecastError.Of([.. forecast], [.. truth]);
    }
}
