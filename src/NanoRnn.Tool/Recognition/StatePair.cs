namespace NanoRnn.Tool.Recognition;

/// <summary>An input of a graph with the state before, and the output with the one behind.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="Output">Name of the output.</param>
internal sealed record StatePair(string Input, string Output);
