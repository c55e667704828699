namespace Forecasting;

/// <summary>How far forecasts are from the truth, in the unit of the series.</summary>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="Mae">Mean absolute error.</param>
public sealed record ForecastError(double Rmse, double Mae)
{
    public static ForecastError Of(ReadOnlySpan<float> forecast, ReadOnlySpan<float> truth)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(forecast.Length, truth.Length);
        var (squares, magnitudes) = (0.0, 0.0);
        for (var i = 0; i < forecast.Length; i++)
        {
            var error = (double)forecast[i] - truth[i];
            squares += error * error;
            magnitudes += Math.Abs(error);
        }

        return new ForecastError(Math.Sqrt(squares / forecast.Length), magnitudes / forecast.Length);
    }
}
