using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>The end of the sums of <see cref="IInt8Kernel"/> in registers of 128 bits.</summary>
internal static class Int8Sums
{
    /// <summary>Stores four sums from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> sum, float unit, ref float scales, ref float sums, nint offset) =>
        (Vector128.ConvertToSingle(sum) * Vector128.LoadUnsafe(ref Unsafe.Add(ref scales, offset)) * Vector128.Create(unit))
            .StoreUnsafe(ref Unsafe.Add(ref sums, offset));
}
