namespace NanoRnn.Benchmarks.Models;

internal static class CellExtensions
{
    /// <summary>The cell in rows and in names of model files.</summary>
    public static string ToRowName(this Cell cell) => cell switch
    {
        Cell.Rnn => "rnn",
        Cell.Lstm => "lstm",
        Cell.Gru => "gru",
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, null),
    };

    /// <summary>How many products with the state a step has.</summary>
    public static int CountGates(this Cell cell) => cell switch
    {
        Cell.Rnn => 1,
        Cell.Lstm => 4,
        Cell.Gru => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, null),
    };
}
