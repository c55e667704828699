using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn.Numerics;

/// <summary>
/// Floats as 16 bits, the upper half of their 32, rounded to the nearest, of two that are equally near to the even one. What is too large
/// becomes infinite, NaN stays NaN.
/// </summary>
internal static class GradientRounding
{
    private const uint Half = 0x7FFF;
    private const uint QuietNaN = 0x40_0000;

    /// <summary>Rounds numbers to what 16 bits can hold.</summary>
    /// <param name="values">A multiple of 16 of them, as packed weights are.</param>
    public static void Round(Span<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        ref var start = ref MemoryMarshal.GetReference(bits);
        for (nuint i = 0; i < (nuint)bits.Length; i += (nuint)Vector<uint>.Count)
            (RoundToUpper(Vector.LoadUnsafe(ref start, i)) & new Vector<uint>(0xFFFF_0000)).StoreUnsafe(ref start, i);
    }

    /// <summary>The upper halves of numbers, which lose nothing where <see cref="Round"/> has been.</summary>
    public static void Narrow(ReadOnlySpan<float> values, Span<ushort> halves)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        ref var source = ref MemoryMarshal.GetReference(bits);
        ref var target = ref MemoryMarshal.GetReference(halves);
        var i = 0;
        for (; i <= bits.Length - 2 * Vector<uint>.Count; i += 2 * Vector<uint>.Count)
        {
            var (low, high) = (Vector.LoadUnsafe(ref source, (nuint)i), Vector.LoadUnsafe(ref source, (nuint)(i + Vector<uint>.Count)));
            Vector.Narrow(low >>> 16, high >>> 16).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < bits.Length; i++)
            halves[i] = (ushort)(bits[i] >> 16);
    }

    /// <summary>The numbers whose upper halves these are.</summary>
    public static void Widen(ReadOnlySpan<ushort> halves, Span<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        ref var source = ref MemoryMarshal.GetReference(halves);
        ref var target = ref MemoryMarshal.GetReference(bits);
        var i = 0;
        for (; i <= bits.Length - 2 * Vector<uint>.Count; i += 2 * Vector<uint>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)i), out var low, out var high);
            (low << 16).StoreUnsafe(ref target, (nuint)i);
            (high << 16).StoreUnsafe(ref target, (nuint)(i + Vector<uint>.Count));
        }

        for (; i < bits.Length; i++)
            bits[i] = (uint)halves[i] << 16;
    }

    private static Vector<uint> RoundToUpper(Vector<uint> bits)
    {
        var rounded = bits + new Vector<uint>(Half) + (bits >>> 16 & Vector<uint>.One);
        var isNaN = ~Vector.Equals(bits.As<uint, float>(), bits.As<uint, float>()).As<int, uint>();
        return Vector.ConditionalSelect(isNaN, bits | new Vector<uint>(QuietNaN), rounded);
    }
}
