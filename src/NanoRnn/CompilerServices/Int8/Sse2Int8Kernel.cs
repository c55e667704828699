using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoRnn.CompilerServices;

/// <summary>Words of 16 bits in registers of 128 bits, as <see cref="Avx512Int8Kernel"/> has them.</summary>
internal readonly struct Sse2Int8Kernel : IInt8Kernel
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
            var (even, odd) = (Broadcast(ref x, 0), Broadcast(ref x, 4));
            sum0 = Add(ref elements, 0, even, odd, sum0);
            sum1 = Add(ref elements, 16, even, odd, sum1);
            sum2 = Add(ref elements, 32, even, odd, sum2);
            sum3 = Add(ref elements, 48, even, odd, sum3);
            elements = ref Unsafe.Add(ref elements, stride);
            x = ref Unsafe.Add(ref x, 8);
        }

        Int8Sums.Store(sum0, unit, ref scales, ref sums, 0);
        Int8Sums.Store(sum1, unit, ref scales, ref sums, 4);
        Int8Sums.Store(sum2, unit, ref scales, ref sums, 8);
        Int8Sums.Store(sum3, unit, ref scales, ref sums, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Broadcast(ref byte x, nint offset) =>
        Vector128.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, offset))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Add(ref byte elements, nint offset, Vector128<short> even, Vector128<short> odd, Vector128<int> sum)
    {
        var bytes = Vector128.LoadUnsafe(ref Unsafe.Add(ref elements, offset)).AsUInt16();
        sum += Sse2.MultiplyAddAdjacent((bytes & Vector128.Create((ushort)0xFF)).AsInt16(), even);
        return sum + Sse2.MultiplyAddAdjacent((bytes >>> 8).AsInt16(), odd);
    }
}
