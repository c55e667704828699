using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>The steps of sequences, the last one first.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Reversal
{
    /// <summary>
    /// Reverses each sequence within its length, as if it had no more steps; what lies behind the length keeps its place. It is its own
    /// inverse, so that gradients go back the same way.
    /// </summary>
    /// <param name="lengths">Steps of each sequence, the first one's first; empty if all have all steps.</param>
    /// <param name="source">The first sequence's row at the first step.</param>
    /// <param name="target">The same of the result.</param>
    /// <param name="rowLength">Floats of a row.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="sequences">Rows of a step.</param>
    /// <param name="rows">Sequences to reverse.</param>
    public static void Run(
        ReadOnlySpan<int> lengths, ref float source, ref float target, int rowLength, nint steps, nint sequences, nint rows)
    {
        for (nint step = 0; step < steps; step++)
            for (nint row = 0; row < rows; row++)
            {
                var length = lengths.IsEmpty ? steps : lengths[(int)row];
                var mirrored = step < length ? length - 1 - step : step;
                RowOperations.Row(ref source, mirrored * sequences + row, rowLength)
                    .CopyTo(RowOperations.Row(ref target, step * sequences + row, rowLength));
            }
    }
}
