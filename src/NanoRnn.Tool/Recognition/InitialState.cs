namespace NanoRnn.Tool.Recognition;

/// <summary>Elements of an input that are where a layer starts.</summary>
/// <param name="Input">The input.</param>
/// <param name="Indices">Which elements, one for each unit.</param>
internal sealed record InitialState(Value.State Input, int[] Indices);
