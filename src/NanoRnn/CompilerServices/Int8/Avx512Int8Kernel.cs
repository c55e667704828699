using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoRnn.CompilerServices;

/// <summary>Words of 16 bits in registers of 512 bits: the even bytes of all lanes, then the odd ones, multiplied and added in pairs.</summary>
internal readonly struct Avx512Int8Kernel : IInt8Kernel
{
    public static bool TakesDigits => false;

    public static int WideGroups => Int8MatrixLayout.TileGroups;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(
        ref byte elements, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums)
    {
        var (sum0, sum1, sum2, sum3) = (Vector512.Create(start), Vector512.Create(start), Vector512.Create(start), Vector512.Create(start));
        for (nint quad = 0; quad < quads; quad++)
        {
            var (even, odd) = (Broadcast(ref x, 0), Broadcast(ref x, 4));
            sum0 = Add(ref elements, 0, even, odd, sum0);
            sum1 = Add(ref elements, 64, even, odd, sum1);
            sum2 = Add(ref elements, 128, even, odd, sum2);
            sum3 = Add(ref elements, 192, even, odd, sum3);
            elements = ref Unsafe.Add(ref elements, 256);
            x = ref Unsafe.Add(ref x, 8);
        }

        Store(sum0, unit, ref scales, ref sums, 0);
        Store(sum1, unit, ref scales, ref sums, 16);
        Store(sum2, unit, ref scales, ref sums, 32);
        Store(sum3, unit, ref scales, ref sums, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyGroup(
        ref byte elements, nint stride, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums)
    {
        var sum = Vector512.Create(start);
        for (nint quad = 0; quad < quads; quad++)
        {
            sum = Add(ref elements, 0, Broadcast(ref x, 0), Broadcast(ref x, 4), sum);
            elements = ref Unsafe.Add(ref elements, stride);
            x = ref Unsafe.Add(ref x, 8);
        }

        Store(sum, unit, ref scales, ref sums, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Broadcast(ref byte x, nint offset) =>
        Vector512.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, offset))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Add(ref byte elements, nint offset, Vector512<short> even, Vector512<short> odd, Vector512<int> sum)
    {
        var bytes = Vector512.LoadUnsafe(ref Unsafe.Add(ref elements, offset)).AsUInt16();
        sum += Avx512BW.MultiplyAddAdjacent((bytes & Vector512.Create((ushort)0xFF)).AsInt16(), even);
        return sum + Avx512BW.MultiplyAddAdjacent((bytes >>> 8).AsInt16(), odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<int> sum, float unit, ref float scales, ref float sums, nint offset) =>
        (Vector512.ConvertToSingle(sum) * Vector512.LoadUnsafe(ref Unsafe.Add(ref scales, offset)) * Vector512.Create(unit))
            .StoreUnsafe(ref Unsafe.Add(ref sums, offset));
}
