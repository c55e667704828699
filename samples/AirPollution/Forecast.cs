namespace AirPollution;

/// <summary>What is forecast in one hour.</summary>
/// <param name="Hour">The last hour that was known.</param>
/// <param name="Bands">For each of <see cref="AirForecaster.Horizons"/>.</param>
public sealed record Forecast(int Hour, Band[] Bands);
