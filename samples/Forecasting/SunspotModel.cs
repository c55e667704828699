using NanoRnn;

namespace Forecasting;

/// <summary>From 132 months to the change from the last of them to the next.</summary>
/// <remarks>
/// The change, not the value: an LSTM's output is bounded by its weights, and the sun has been more active in the test part than
/// ever in training. Added to the last value, the forecast follows it there.
/// </remarks>
[RnnModel(InputSize = 1)]
[Lstm(32)]
[Dense(1)]
public sealed partial class SunspotModel;
