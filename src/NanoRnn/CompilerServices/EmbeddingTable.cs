using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>A table with a row of weights for each token.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EmbeddingTable
{
    /// <summary>The tokens that lie in a buffer of floats, from one of them on.</summary>
    public static ref int Tokens(AlignedBuffer buffer, nint first) =>
        ref Unsafe.As<float, int>(ref Unsafe.Add(ref buffer.Reference, first));

    /// <summary>
    /// Copies the rows of tokens. The tokens may be the caller's, who may have changed them since they were checked: each is checked again
    /// where it is read, so that nothing beside the table is.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="vocabulary">Rows of the table.</param>
    /// <param name="rowLength">Floats of a row.</param>
    /// <param name="tokens">The first sequence's token at the first step.</param>
    /// <param name="rowStride">From one sequence's token to the next one's.</param>
    /// <param name="stepStride">From one step's tokens to the next one's.</param>
    /// <param name="y">The rows.</param>
    /// <param name="yStep">From one step's rows to the next one's.</param>
    /// <param name="rows">Sequences.</param>
    /// <param name="steps">Steps.</param>
    /// <exception cref="ArgumentException">A token has no row.</exception>
    public static void Lookup(
        ref float table, int vocabulary, int rowLength, ref int tokens, nint rowStride, nint stepStride, ref float y, nint yStep, nint rows, nint steps)
    {
        for (nint step = 0; step < steps; step++)
            for (nint row = 0; row < rows; row++)
            {
                // A volatile read is one read: a second one could find another token.
                var token = Volatile.Read(ref Unsafe.Add(ref tokens, step * stepStride + row * rowStride));
                if ((uint)token >= (uint)vocabulary)
                    Guard.ThrowToken(token, "", vocabulary, nameof(tokens));
                RowOperations.Row(ref table, token, rowLength)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, step * yStep + row * rowLength), rowLength));
            }
    }

    /// <summary>The gradient of 16 columns of the table: for each token the sum over the places where it stands, in their order.</summary>
    /// <param name="ids">The token of each term.</param>
    /// <param name="arriving">The gradient of each term's row.</param>
    /// <param name="gradients">The gradient of the table.</param>
    /// <param name="tokens">Rows of the table.</param>
    /// <param name="rowLength">Floats of a row.</param>
    /// <param name="block">Number of the block of 16 columns.</param>
    /// <param name="features">Floats of a row that count. Those behind them stay as they are.</param>
    /// <param name="terms">Number of terms.</param>
    /// <param name="accumulates">Whether to add to the gradient.</param>
    public static void ComputeGradients(
        ref int ids, ref float arriving, ref float gradients, int tokens, int rowLength, nint block, int features, nint terms, bool accumulates)
    {
        const int BlockLanes = 16;
        var start = (int)block * BlockLanes;
        var width = int.Min(BlockLanes, features - start);
        arriving = ref Unsafe.Add(ref arriving, start);
        gradients = ref Unsafe.Add(ref gradients, start);
        if (!accumulates)
            for (nint token = 0; token < tokens; token++)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref gradients, token * rowLength), width).Clear();
        for (nint term = 0; term < terms; term++)
        {
            ref var source = ref Unsafe.Add(ref arriving, term * rowLength);
            ref var target = ref Unsafe.Add(ref gradients, Unsafe.Add(ref ids, term) * (nint)rowLength);
            var lane = 0;
            for (; lane <= width - Vector128<float>.Count; lane += Vector128<float>.Count)
                (Vector128.LoadUnsafe(ref target, (nuint)lane) + Vector128.LoadUnsafe(ref source, (nuint)lane)).StoreUnsafe(ref target, (nuint)lane);
            for (; lane < width; lane++)
                Unsafe.Add(ref target, lane) += Unsafe.Add(ref source, lane);
        }
    }
}
