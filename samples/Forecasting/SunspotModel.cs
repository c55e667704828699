using NanoRnn;

namespace Forecasting;

/// <summary>From 132 months to the change from the last of them to the next, in sunspots: the first layer and the last one scale.</summary>
/// <remarks>
/// The change, not the value: the LSTM's state is bounded, so a value would be too, and the sun may become more active than in
/// the training part. Added to the last value, the forecast can follow it there.
/// </remarks>
[RnnModel(InputSize = 1)]
[Normalization]
[Lstm(32)]
[Dense(1)]
[Denormalization]
public sealed partial class SunspotModel;
