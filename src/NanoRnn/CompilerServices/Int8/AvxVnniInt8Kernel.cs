using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoRnn.CompilerServices;

/// <summary>The dot products of four unsigned by four signed bytes that processors with AVX-VNNI have, one for each digit.</summary>
internal readonly struct AvxVnniInt8Kernel : IInt8Kernel
{
    public static bool TakesDigits => true;

    public static int WideGroups => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(
        ref byte elements, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums)
    {
        var (low0, low1, low2, low3) = (Vector256.Create(start), Vector256.Create(start), Vector256.Create(start), Vector256.Create(start));
        var (high0, high1, high2, high3) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (nint quad = 0; quad < quads; quad++)
        {
            var (low, high) = (Broadcast(ref x, 0), Broadcast(ref x, 4));
            Add(ref elements, 0, low, high, ref low0, ref high0);
            Add(ref elements, 32, low, high, ref low1, ref high1);
            Add(ref elements, 64, low, high, ref low2, ref high2);
            Add(ref elements, 96, low, high, ref low3, ref high3);
            elements = ref Unsafe.Add(ref elements, 256);
            x = ref Unsafe.Add(ref x, 8);
        }

        Store(low0, high0, unit, ref scales, ref sums, 0);
        Store(low1, high1, unit, ref scales, ref sums, 8);
        Store(low2, high2, unit, ref scales, ref sums, 16);
        Store(low3, high3, unit, ref scales, ref sums, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyGroup(
        ref byte elements, nint stride, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums)
    {
        var (low0, low1) = (Vector256.Create(start), Vector256.Create(start));
        var (high0, high1) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (nint quad = 0; quad < quads; quad++)
        {
            var (low, high) = (Broadcast(ref x, 0), Broadcast(ref x, 4));
            Add(ref elements, 0, low, high, ref low0, ref high0);
            Add(ref elements, 32, low, high, ref low1, ref high1);
            elements = ref Unsafe.Add(ref elements, stride);
            x = ref Unsafe.Add(ref x, 8);
        }

        Store(low0, high0, unit, ref scales, ref sums, 0);
        Store(low1, high1, unit, ref scales, ref sums, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Broadcast(ref byte x, nint offset) =>
        Vector256.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, offset))).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref byte elements, nint offset, Vector256<sbyte> low, Vector256<sbyte> high, ref Vector256<int> lowSum, ref Vector256<int> highSum)
    {
        var bytes = Vector256.LoadUnsafe(ref Unsafe.Add(ref elements, offset));
        lowSum = AvxVnni.MultiplyWideningAndAdd(lowSum, bytes, low);
        highSum = AvxVnni.MultiplyWideningAndAdd(highSum, bytes, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> low, Vector256<int> high, float unit, ref float scales, ref float sums, nint offset) =>
        (Vector256.ConvertToSingle((high << 8) + low) * Vector256.LoadUnsafe(ref Unsafe.Add(ref scales, offset)) * Vector256.Create(unit))
            .StoreUnsafe(ref Unsafe.Add(ref sums, offset));
}
