namespace NanoRnn.Differential.Files;

/// <summary>A tensor of a file.</summary>
/// <param name="Type">Its dtype.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Data">Its bytes.</param>
internal sealed record StoredTensor(string Type, long[] Shape, byte[] Data);
