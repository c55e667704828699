namespace NanoRnn.Fleet.Tests;

/// <summary>With weights that training changes and others that it does not.</summary>
[RnnModel(InputSize = 2)]
[Normalization]
[Lstm(5)]
[Dense(1)]
public sealed partial class SmallModel;
