using NanoRnn;

namespace EquipmentFailure;

/// <summary>From the sensors of an engine's last cycles to the cycles that it has left, from 0 to <see cref="Fleet.MaxRemainingLife"/>.</summary>
[RnnModel(InputSize = Fleet.Sensors)]
[Normalization]
[Lstm(48, Direction = Direction.Bidirectional, Dropout = 0.2, RecurrentDropout = 0.2)]
[Dropout(0.2)]
[Dense(1, Activation = Activation.Sigmoid)]
[Denormalization(Kind = NormalizationKind.MinMax)]
public sealed partial class EngineModel;
