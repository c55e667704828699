namespace NanoRnn.FleetSimulation;

/// <summary>The next value of a wave.</summary>
[RnnModel(InputSize = 1)]
[Lstm(16)]
[Dense(1)]
internal sealed partial class WaveModel;
