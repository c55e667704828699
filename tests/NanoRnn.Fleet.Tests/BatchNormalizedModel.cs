namespace NanoRnn.Fleet.Tests;

/// <summary>A model with statistics of its batches.</summary>
[RnnModel(InputSize = 2)]
[BatchNormalization]
[Dense(1)]
internal sealed partial class BatchNormalizedModel;
