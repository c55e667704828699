using NanoRnn;

namespace Forecasting;

/// <summary>From 132 months to the change from the last of them to the next.</summary>
/// <remarks>
/// The change, not the value: the LSTM's state is bounded, so a value would be too, and the sun may become more active than in
/// the training part. Added to the last value, the forecast can follow it there.
/// </remarks>
[RnnModel(InputSize = 1)]
[Lstm(32)]
[Dense(1)]
public sealed partial class SunspotModel;
