namespace NanoRnn.Tool.Recognition;

/// <summary>An output of a network.</summary>
/// <param name="Name">The graph's name of it.</param>
/// <param name="Value">What it is.</param>
/// <param name="Places">Where the numbers of each step are in the graph's output, step by step.</param>
internal sealed record NetworkOutput(string Name, Value Value, int[] Places);
