using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The dot products of four by four signed bytes that ARM64 processors have from ARMv8.2 on, one for each digit. A byte w + 128 with its
/// upper bit turned over is w, so these sums start at zero.
/// </summary>
internal readonly struct ArmDotProductInt8Kernel : IInt8Kernel
{
    public static bool TakesDigits => true;

    public static int WideGroups => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(
        ref byte elements, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums) =>
        MultiplyGroup(ref elements, Int8MatrixLayout.TileGroups * Int8MatrixLayout.GroupBytes, quads, ref x, start, unit, ref scales, ref sums);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyGroup(
        ref byte elements, nint stride, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums)
    {
        var (low0, low1, low2, low3) = (Vector128<int>.Zero, Vector128<int>.Zero, Vector128<int>.Zero, Vector128<int>.Zero);
        var (high0, high1, high2, high3) = (Vector128<int>.Zero, Vector128<int>.Zero, Vector128<int>.Zero, Vector128<int>.Zero);
        for (nint quad = 0; quad < quads; quad++)
        {
            var (low, high) = (Broadcast(ref x, 0), Broadcast(ref x, 4));
            Add(ref elements, 0, low, high, ref low0, ref high0);
            Add(ref elements, 16, low, high, ref low1, ref high1);
            Add(ref elements, 32, low, high, ref low2, ref high2);
            Add(ref elements, 48, low, high, ref low3, ref high3);
            elements = ref Unsafe.Add(ref elements, stride);
            x = ref Unsafe.Add(ref x, 8);
        }

        Int8Sums.Store((high0 << 8) + low0, unit, ref scales, ref sums, 0);
        Int8Sums.Store((high1 << 8) + low1, unit, ref scales, ref sums, 4);
        Int8Sums.Store((high2 << 8) + low2, unit, ref scales, ref sums, 8);
        Int8Sums.Store((high3 << 8) + low3, unit, ref scales, ref sums, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Broadcast(ref byte x, nint offset) =>
        Vector128.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref x, offset))).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref byte elements, nint offset, Vector128<sbyte> low, Vector128<sbyte> high, ref Vector128<int> lowSum, ref Vector128<int> highSum)
    {
        var weights = (Vector128.LoadUnsafe(ref Unsafe.Add(ref elements, offset)) ^ Vector128.Create((byte)0x80)).AsSByte();
        lowSum = Dp.DotProduct(lowSum, weights, low);
        highSum = Dp.DotProduct(highSum, weights, high);
    }
}
