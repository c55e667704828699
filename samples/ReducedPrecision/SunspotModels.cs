using NanoRnn;

namespace ReducedPrecision;

/// <summary>The layers of <see cref="Forecasting.SunspotModel"/> with weights of bfloat16.</summary>
[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Normalization]
[Lstm(32)]
[Dense(1)]
[Denormalization]
public sealed partial class SunspotBFloat16;

/// <summary>The same with weights of half precision.</summary>
[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Normalization]
[Lstm(32)]
[Dense(1)]
[Denormalization]
public sealed partial class SunspotFloat16;

/// <summary>The same with weights of 8-bit integers.</summary>
[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Normalization]
[Lstm(32)]
[Dense(1)]
[Denormalization]
public sealed partial class SunspotInt8;
