using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoRnn.CompilerServices;

/// <summary>Words of 16 bits in registers of 256 bits, as <see cref="Avx512Int8Kernel"/> has them.</summary>
internal readonly struct Avx2Int8Kernel : IInt8Kernel
{
    public static bool TakesDigits => false;

    public static int WideGroups => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(
        ref byte elements, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums)
    {
        var (sum0, sum1, sum2, sum3) = (Vector256.Create(start), Vector256.Create(start), Vector256.Create(start), Vector256.Create(start));
        for (nint quad = 0; quad < quads; quad++)
        {
            var (even, odd) = (Broadcast(ref x, 0), Broadcast(ref x, 4));
            sum0 = Add(ref elements, 0, even, odd, sum0);
            sum1 = Add(ref elements, 32, even, odd, sum1);
            sum2 = Add(ref elements, 64, even, odd, sum2);
            sum3 = Add(ref elements, 96, even, odd, sum3);
            elements = ref Unsafe.Add(ref elements, 256);
            x = ref Unsafe.Add(ref x, 8);
        }

        Store(sum0, unit, ref scales, ref sums, 0);
        Store(sum1, unit, ref scales, ref sums, 8);
        Store(sum2, unit, ref scales, ref sums, 16);
        Store(sum3, unit, ref scales, ref sums, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyGroup(
        ref byte elements, nint stride, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums)
    {
        var (sum0, sum1) = (Vector256.Create(start), Vector256.Create(start));
        for (nint quad = 0; quad < quads; quad++)
        {
            var (even, odd) = (Broadcast(ref x, 0), Broadcast(ref x, 4));
            sum0 = Add(ref elements, 0, even, odd, sum0);
            sum1 = Add(ref elements, 32, even, odd, sum1);
            elements = ref Unsafe.Add(ref elements, stride);
            x = ref Unsafe.Add(ref x, 8);
        }

        Store(sum0, unit, ref scales, ref sums, 0);
        Store(sum1, unit, ref scales, ref sums, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Broadcast(ref byte x, nint offset) =>
        Vector256.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, offset))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add(ref byte elements, nint offset, Vector256<short> even, Vector256<short> odd, Vector256<int> sum)
    {
        var bytes = Vector256.LoadUnsafe(ref Unsafe.Add(ref elements, offset)).AsUInt16();
        sum += Avx2.MultiplyAddAdjacent((bytes & Vector256.Create((ushort)0xFF)).AsInt16(), even);
        return sum + Avx2.MultiplyAddAdjacent((bytes >>> 8).AsInt16(), odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> sum, float unit, ref float scales, ref float sums, nint offset) =>
        (Vector256.ConvertToSingle(sum) * Vector256.LoadUnsafe(ref Unsafe.Add(ref scales, offset)) * Vector256.Create(unit))
            .StoreUnsafe(ref Unsafe.Add(ref sums, offset));
}
