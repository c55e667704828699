using NanoRnn;

namespace AirPollution;

/// <summary>From a day of measurements to three quantiles of each <see cref="AirForecaster.Horizons"/>'s change, in logarithms.</summary>
/// <remarks>
/// The change, because the last value alone is a good forecast of the next; of the logarithm, because dust doubles and halves rather than
/// rises and falls by so much. Quantiles of the dust itself follow: a logarithm keeps their order.
/// </remarks>
[RnnModel(InputSize = AirSeries.Columns)]
[Normalization]
[Lstm(32)]
[Dense(9)]
public sealed partial class AirModel;
