namespace NanoRnn.Tool.Writing;

/// <summary>A tensor of an imported model.</summary>
/// <param name="Name">Its name in a file of NanoRnn.</param>
/// <param name="Shape">Its shape there.</param>
/// <param name="Values">Its elements, row by row.</param>
internal sealed record ImportedTensor(string Name, int[] Shape, double[] Values);
