using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>Plain integers, for processors without vectors.</summary>
internal readonly struct ScalarInt8Kernel : IInt8Kernel
{
    public static bool TakesDigits => false;

    public static int WideGroups => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(
        ref byte elements, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums) =>
        MultiplyGroup(ref elements, Int8MatrixLayout.TileGroups * Int8MatrixLayout.GroupBytes, quads, ref x, start, unit, ref scales, ref sums);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyGroup(
        ref byte elements, nint stride, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums)
    {
        for (nint column = 0; column < Int8MatrixLayout.GroupColumns; column++)
        {
            var sum = start;
            for (nint quad = 0; quad < quads; quad++)
            {
                // The words are in the order 0, 2, 1, 3.
                ref var column4 = ref Unsafe.Add(ref elements, quad * stride + column * Int8MatrixLayout.QuadRows);
                ref var x4 = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref x, quad * 8));
                sum += column4 * x4 + Unsafe.Add(ref column4, 1) * Unsafe.Add(ref x4, 2)
                    + Unsafe.Add(ref column4, 2) * Unsafe.Add(ref x4, 1) + Unsafe.Add(ref column4, 3) * Unsafe.Add(ref x4, 3);
            }

            Unsafe.Add(ref sums, column) = sum * Unsafe.Add(ref scales, column) * unit;
        }
    }
}
