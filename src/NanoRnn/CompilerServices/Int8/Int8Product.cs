using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static NanoRnn.CompilerServices.Int8MatrixLayout;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The product of a vector with a matrix of 8-bit integers: the vector becomes integers, the sums are exact 32-bit ones, and only their
/// results are rounded. So each processor may take the instructions that suit it, and all get the same bits.
/// </summary>
/// <remarks>
/// The matrix has <c>inputs</c> rows, made up to whole quads of 4, and <c>columns</c> columns, a multiple of 16. It lies as
/// <code>
/// [scale of each column]
/// [tile of 64 columns, the last one of 16, 32, 48 or 64][quad of rows][column][4 rows]
/// </code>
/// A scale is a float. An element w is the byte w + 128, so that a 32-bit lane has four rows of one column, ready for instructions that
/// multiply unsigned by signed bytes; what the 128 add up to is the same for all columns, and the sums start at its negative.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Int8Product
{
    /// <summary>sums[j] = x · column j, for all columns.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="inputs">Its rows, at least 1.</param>
    /// <param name="columns">Its columns, a multiple of 16.</param>
    /// <param name="bits">Bits of the vector's integers besides the sign, at most 14: 127 · 2^bits · inputs is less than 2³¹.</param>
    /// <param name="x">The vector. If an element is NaN or infinite, all sums are NaN.</param>
    /// <param name="integers">Memory for the vector's integers, 2 floats per quad of rows.</param>
    /// <param name="sums">Receives the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float matrix, int inputs, int columns, int bits, ref float x, ref float integers, ref float sums)
    {
        if (Avx512BW.IsSupported)
            Run<Avx512Int8Kernel>(ref matrix, inputs, columns, bits, ref x, ref integers, ref sums);
        else if (AvxVnni.IsSupported)
            Run<AvxVnniInt8Kernel>(ref matrix, inputs, columns, bits, ref x, ref integers, ref sums);
        else if (Avx2.IsSupported)
            Run<Avx2Int8Kernel>(ref matrix, inputs, columns, bits, ref x, ref integers, ref sums);
        else if (Dp.IsSupported)
            Run<ArmDotProductInt8Kernel>(ref matrix, inputs, columns, bits, ref x, ref integers, ref sums);
        else if (Sse2.IsSupported)
            Run<Sse2Int8Kernel>(ref matrix, inputs, columns, bits, ref x, ref integers, ref sums);
        else if (Vector128.IsHardwareAccelerated)
            Run<Vector128Int8Kernel>(ref matrix, inputs, columns, bits, ref x, ref integers, ref sums);
        else
            Run<ScalarInt8Kernel>(ref matrix, inputs, columns, bits, ref x, ref integers, ref sums);
    }

    /// <summary>The same by one kernel.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TKernel>(
        ref float matrix, int inputs, int columns, int bits, ref float x, ref float integers, ref float sums)
        where TKernel : struct, IInt8Kernel
    {
        ref var operand = ref Unsafe.As<float, byte>(ref integers);
        var (start, unit) = Int8Operand.Quantize(ref x, inputs, bits, TKernel.TakesDigits, ref operand);
        ref var elements = ref Unsafe.As<float, byte>(ref Unsafe.Add(ref matrix, columns));
        nint quads = CountQuads(inputs);
        nint groups = columns / GroupColumns;
        nint group = 0;
        for (; group <= groups - TileGroups; group += TileGroups)
        {
            for (nint i = group; i < group + TileGroups; i += TKernel.WideGroups)
            {
                TKernel.MultiplyWide(
                    ref Unsafe.Add(ref elements, (i - group) * GroupBytes), quads, ref operand, start, unit,
                    ref Unsafe.Add(ref matrix, i * GroupColumns), ref Unsafe.Add(ref sums, i * GroupColumns));
            }

            elements = ref Unsafe.Add(ref elements, TileGroups * quads * GroupBytes);
        }

        var stride = (groups - group) * GroupBytes;
        for (; group < groups; group++)
        {
            TKernel.MultiplyGroup(
                ref elements, stride, quads, ref operand, start, unit,
                ref Unsafe.Add(ref matrix, group * GroupColumns), ref Unsafe.Add(ref sums, group * GroupColumns));
            elements = ref Unsafe.Add(ref elements, GroupBytes);
        }
    }
}
