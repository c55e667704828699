namespace NanoRnn.Onnx.Export;

/// <summary>What a layer gives: steps × batch × features floats, or batch × features.</summary>
/// <param name="Name">The value's name in the graph.</param>
/// <param name="Features">Number of features.</param>
/// <param name="Steps">The dimension of the steps: a number, or a name for any number; null for one vector a sequence.</param>
internal sealed record OnnxValue(string Name, int Features, string? Steps);
