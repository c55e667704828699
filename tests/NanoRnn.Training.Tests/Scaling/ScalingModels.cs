namespace NanoRnn.Training.Tests.Scaling;

// Each that scales has a twin without, whose other layers have the same names.

[RnnModel(InputSize = 7, TimeSteps = 5, BatchSize = 4)]
[Normalization]
[Gru(6)]
[Dense(2)]
[Denormalization]
internal sealed partial class Weather;

[RnnModel(InputSize = 7, TimeSteps = 5, BatchSize = 4)]
[Gru(6)]
[Dense(2)]
internal sealed partial class PlainWeather;

[RnnModel(InputSize = 1)]
[Normalization(Kind = NormalizationKind.MinMax)]
[Lstm(9, ReturnSequences = true)]
[Dense(5, Activation = Activation.Sigmoid)]
[Denormalization(Kind = NormalizationKind.MinMax)]
internal sealed partial class Ranges;

[RnnModel(InputSize = 1)]
[Lstm(9, ReturnSequences = true)]
[Dense(5, Activation = Activation.Sigmoid)]
internal sealed partial class PlainRanges;

/// <summary>It needs its whole input.</summary>
[RnnModel(InputSize = 18)]
[Normalization]
[Lstm(4, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Gru(17)]
[Denormalization]
internal sealed partial class BothWays;

[RnnModel(InputSize = 18)]
[Lstm(4, Direction = Direction.Bidirectional, ReturnSequences = true)]
[Gru(17)]
internal sealed partial class PlainBothWays;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Normalization]
[Gru(5, ReturnSequences = true)]
[Dense(1)]
[Denormalization]
internal sealed partial class Skipping;

[RnnModel(InputSize = 2)]
[Masking(MaskValue = -1)]
[Gru(5, GoBackwards = true, ReturnSequences = true)]
[Dense(1)]
[Denormalization(Kind = NormalizationKind.MinMax)]
internal sealed partial class SkippingBackwards;

[RnnModel(InputSize = 2)]
[Normalization(Name = "scaler")]
[SimpleRnn(3)]
internal sealed partial class OnlyInputs;

/// <summary>Three quantiles of two numbers.</summary>
[RnnModel]
[Embedding(5, 3, MaskZero = true)]
[Gru(4)]
[Dense(6)]
[Denormalization]
internal sealed partial class Quantiles;

[RnnModel(LayersOf = typeof(Weather), Precision = Precision.BFloat16)]
internal sealed partial class HalfWeather;

[RnnModel(LayersOf = typeof(PlainWeather), Precision = Precision.BFloat16)]
internal sealed partial class PlainHalfWeather;
