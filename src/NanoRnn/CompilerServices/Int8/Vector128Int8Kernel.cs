using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>Products of 32 bits in registers of 128 bits, for processors of which nothing more is known.</summary>
internal readonly struct Vector128Int8Kernel : IInt8Kernel
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
        var (sum0, sum1, sum2, sum3) = (Vector128.Create(start), Vector128.Create(start), Vector128.Create(start), Vector128.Create(start));
        for (nint quad = 0; quad < quads; quad++)
        {
            // The words are in the order 0, 2, 1, 3.
            var (x0, x1, x2, x3) = (Broadcast(ref x, 0), Broadcast(ref x, 4), Broadcast(ref x, 2), Broadcast(ref x, 6));
            sum0 = Add(ref elements, 0, x0, x1, x2, x3, sum0);
            sum1 = Add(ref elements, 16, x0, x1, x2, x3, sum1);
            sum2 = Add(ref elements, 32, x0, x1, x2, x3, sum2);
            sum3 = Add(ref elements, 48, x0, x1, x2, x3, sum3);
            elements = ref Unsafe.Add(ref elements, stride);
            x = ref Unsafe.Add(ref x, 8);
        }

        Int8Sums.Store(sum0, unit, ref scales, ref sums, 0);
        Int8Sums.Store(sum1, unit, ref scales, ref sums, 4);
        Int8Sums.Store(sum2, unit, ref scales, ref sums, 8);
        Int8Sums.Store(sum3, unit, ref scales, ref sums, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Broadcast(ref byte x, nint offset) =>
        Vector128.Create((int)Unsafe.ReadUnaligned<short>(ref Unsafe.Add(ref x, offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Add(
        ref byte elements, nint offset, Vector128<int> x0, Vector128<int> x1, Vector128<int> x2, Vector128<int> x3, Vector128<int> sum)
    {
        var bytes = Vector128.LoadUnsafe(ref Unsafe.Add(ref elements, offset)).AsInt32();
        var mask = Vector128.Create(0xFF);
        sum += (bytes & mask) * x0;
        sum += (bytes >>> 8 & mask) * x1;
        sum += (bytes >>> 16 & mask) * x2;
        return sum + (bytes >>> 24) * x3;
    }
}
