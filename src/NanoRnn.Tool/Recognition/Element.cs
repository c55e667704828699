namespace NanoRnn.Tool.Recognition;

/// <summary>One number of a value.</summary>
/// <param name="Value">The value.</param>
/// <param name="Step">The time step, −1 if the value is one for the whole sequence.</param>
/// <param name="Feature">Which feature.</param>
internal readonly record struct Element(Value Value, int Step, int Feature);
