using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>Steps that are skipped: a mask has 1 for each step of each sequence that counts, else 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Mask
{
    /// <summary>Whether all features of a step have the masked value.</summary>
    public static bool IsSkipped(ref float x, int features, float maskedValue) =>
        !MemoryMarshal.CreateReadOnlySpan(ref x, features).ContainsAnyExcept(maskedValue);

    /// <summary>The mask, time-major, of sequences that lie one behind the other.</summary>
    /// <param name="inputs">Rows × <paramref name="rowSteps"/> × <paramref name="features"/> floats.</param>
    /// <param name="features">Features of a step.</param>
    /// <param name="rowSteps">Steps from one sequence to the next.</param>
    /// <param name="maskedValue">The value that all features of a skipped step have.</param>
    /// <param name="mask">Receives <paramref name="steps"/> × <paramref name="rows"/> numbers.</param>
    /// <param name="steps">Steps to read.</param>
    /// <param name="rows">Sequences.</param>
    public static void Read(
        ref float inputs, int features, nint rowSteps, float maskedValue, ref float mask, nint steps, nint rows)
    {
        for (nint step = 0; step < steps; step++)
            for (nint row = 0; row < rows; row++)
                Unsafe.Add(ref mask, step * rows + row) =
                    IsSkipped(ref Unsafe.Add(ref inputs, (row * rowSteps + step) * features), features, maskedValue) ? 0 : 1;
    }

    /// <summary>The same for tokens.</summary>
    public static void Read(ref int inputs, int features, nint rowSteps, int maskedToken, ref float mask, nint steps, nint rows)
    {
        for (nint step = 0; step < steps; step++)
            for (nint row = 0; row < rows; row++)
                Unsafe.Add(ref mask, step * rows + row) = Unsafe.Add(ref inputs, (row * rowSteps + step) * features) == maskedToken ? 0 : 1;
    }

    /// <summary>Copies the rows of sequences that are skipped.</summary>
    public static void Keep(ref float mask, ref float source, ref float target, int rowLength, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            if (Unsafe.Add(ref mask, row) == 0)
                RowOperations.Row(ref source, row, rowLength).CopyTo(RowOperations.Row(ref target, row, rowLength));
    }

    /// <summary>Stores the sums of the rows of sequences that are skipped.</summary>
    public static void KeepSum(ref float mask, ref float a, ref float b, ref float target, int rowLength, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            if (Unsafe.Add(ref mask, row) == 0)
                TensorPrimitives.Add(RowOperations.Row(ref a, row, rowLength), RowOperations.Row(ref b, row, rowLength), RowOperations.Row(ref target, row, rowLength));
    }

    /// <summary>Zeroes the rows of sequences that are skipped.</summary>
    public static void Clear(ref float mask, ref float target, int rowLength, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            if (Unsafe.Add(ref mask, row) == 0)
                RowOperations.Row(ref target, row, rowLength).Clear();
    }
}
