namespace NanoRnn.Fleet.Tests;

/// <summary>Another version of the program.</summary>
[RnnModel(InputSize = 2)]
[Normalization]
[Lstm(6)]
[Dense(1)]
public sealed partial class OtherModel;
