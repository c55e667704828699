using NanoRnn;

namespace AirPollution;

/// <summary>What a run has found and written.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="History">Losses of training and validation.</param>
/// <param name="Forecasts">For the test year.</param>
/// <param name="Errors">Of each horizon, in the test year.</param>
public sealed record AirForecastResult(AirModel Model, History History, IReadOnlyList<Forecast> Forecasts, IReadOnlyList<HorizonErrors> Errors);
