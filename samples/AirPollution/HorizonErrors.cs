using Forecasting;

namespace AirPollution;

/// <summary>How good the forecasts of one horizon are, wherever the truth was measured.</summary>
/// <param name="Horizon">Hours ahead.</param>
/// <param name="Count">Number of forecasts.</param>
/// <param name="Model">Error of the median in µg/m³.</param>
/// <param name="Persistence">Error if nothing changes: dust as it is now.</param>
/// <param name="SeasonalNaive">Error if a day is like the one before: dust as it was 24 hours before the time that is forecast.</param>
/// <param name="Coverage">Share of truths within the band, which should be 0.8.</param>
/// <param name="Width">Mean width of the band in µg/m³.</param>
public sealed record HorizonErrors(
    int Horizon, int Count, ForecastError Model, ForecastError Persistence, ForecastError SeasonalNaive, double Coverage, double Width)
{
    private const int Day = 24;

    public static HorizonErrors Of(AirSeries series, IEnumerable<Forecast> forecasts, int column)
    {
        var horizon = AirForecaster.Horizons[column];
        List<float> truth = [], model = [], persistence = [], seasonal = [];
        var (inside, width) = (0, 0.0);
        foreach (var (hour, bands) in forecasts.Where(forecast => forecast.Hour + horizon < series.Count))
        {
            var (band, dust) = (bands[column], series.DustAt(hour + horizon));
            if (float.IsNaN(dust))
                continue;
            truth.Add(dust);
            model.Add(band.Median);
            persistence.Add(series.DustAt(hour));
            seasonal.Add(series.DustAt(hour + horizon - Day));
            inside += band.Contains(dust) ? 1 : 0;
            width += band.High - band.Low;
        }

        return new(
            horizon, truth.Count, Compare(model), Compare(persistence), Compare(seasonal), (double)inside / truth.Count, width / truth.Count);

        ForecastError Compare(List<float> forecast) => ForecastError.Of([.. forecast], [.. truth]);
    }
}
