using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoRnn.CompilerServices;

/// <content>A few lanes of several sequences side by side in a register.</content>
public static partial class Lanes
{
    /// <summary>A number for each of four sequences, in its 4 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Spread16Of4(float row0, float row1, float row2, float row3) =>
        Join(Spread8Of4(row0, row1), Spread8Of4(row2, row3));

    /// <summary>A number for each of two sequences, in its 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Spread16Of8(float row0, float row1) => Join(Vector256.Create(row0), Vector256.Create(row1));

    /// <summary>A number for each of two sequences, in its 4 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Spread8Of4(float row0, float row1) => Join(Vector128.Create(row0), Vector128.Create(row1));

    /// <summary>4 lanes, four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Repeat16Of4(Vector128<float> lanes)
    {
        var pair = Repeat8Of4(lanes);
        return Join(pair, pair);
    }

    /// <summary>8 lanes, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Repeat16Of8(Vector256<float> lanes) => Join(lanes, lanes);

    /// <summary>4 lanes, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Repeat8Of4(Vector128<float> lanes) => Join(lanes, lanes);

    /// <summary>4 floats, four times. They must not move, as weights and states do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> LoadRepeated16Of4(ref float weights, nint offset) => Avx512F.IsSupported
        ? Avx512F.BroadcastVector128ToVector512((float*)Unsafe.AsPointer(ref Unsafe.Add(ref weights, offset)))
        : Repeat16Of4(Load4(ref weights, offset));

    /// <summary>8 floats, twice. They must not move, as weights and states do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> LoadRepeated16Of8(ref float weights, nint offset) => Avx512DQ.IsSupported
        ? Avx512DQ.BroadcastVector256ToVector512((float*)Unsafe.AsPointer(ref Unsafe.Add(ref weights, offset)))
        : Repeat16Of8(Load8(ref weights, offset));

    /// <summary>4 floats, twice. They must not move, as weights and states do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<float> LoadRepeated8Of4(ref float weights, nint offset) => Avx.IsSupported
        ? Avx.BroadcastVector128ToVector256((float*)Unsafe.AsPointer(ref Unsafe.Add(ref weights, offset)))
        : Repeat8Of4(Load4(ref weights, offset));

    /// <summary>One of four floats that lie in every four lanes, in all lanes.</summary>
    /// <param name="fours">What <see cref="LoadRepeated16Of4"/> gives.</param>
    /// <param name="index">Which of them, from 0 to 3, a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Element16Of4(Vector512<float> fours, int index) =>
        !Avx512F.IsSupported ? Vector512.Create(fours.GetElement(index))
        : index == 0 ? Avx512F.Permute4x32(fours, 0b00_00_00_00)
        : index == 1 ? Avx512F.Permute4x32(fours, 0b01_01_01_01)
        : index == 2 ? Avx512F.Permute4x32(fours, 0b10_10_10_10)
        : Avx512F.Permute4x32(fours, 0b11_11_11_11);

    /// <inheritdoc cref="Element16Of4"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Element8Of4(Vector256<float> fours, int index) =>
        !Avx.IsSupported ? Vector256.Create(fours.GetElement(index))
        : index == 0 ? Avx.Permute(fours, 0b00_00_00_00)
        : index == 1 ? Avx.Permute(fours, 0b01_01_01_01)
        : index == 2 ? Avx.Permute(fours, 0b10_10_10_10)
        : Avx.Permute(fours, 0b11_11_11_11);

    /// <summary>4 floats of each of four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadRows16Of4(ref float source, nint offset, nint stride) =>
        Join(LoadRows8Of4(ref source, offset, stride), LoadRows8Of4(ref source, offset + 2 * stride, stride));

    /// <summary>8 floats of each of two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadRows16Of8(ref float source, nint offset, nint stride) =>
        Join(Load8(ref source, offset), Load8(ref source, offset + stride));

    /// <summary>4 floats of each of two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadRows8Of4(ref float source, nint offset, nint stride) =>
        Join(Load4(ref source, offset), Load4(ref source, offset + stride));

    /// <summary>Stores 4 floats of each of four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows16Of4(Vector512<float> value, ref float target, nint offset, nint stride)
    {
        StoreRows8Of4(value.GetLower(), ref target, offset, stride);
        StoreRows8Of4(value.GetUpper(), ref target, offset + 2 * stride, stride);
    }

    /// <summary>Stores 8 floats of each of two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows16Of8(Vector512<float> value, ref float target, nint offset, nint stride)
    {
        Store8(value.GetLower(), ref target, offset);
        Store8(value.GetUpper(), ref target, offset + stride);
    }

    /// <summary>Stores 4 floats of each of two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows8Of4(Vector256<float> value, ref float target, nint offset, nint stride)
    {
        Store4(value.GetLower(), ref target, offset);
        Store4(value.GetUpper(), ref target, offset + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Join(Vector256<float> lower, Vector256<float> upper) => lower.ToVector512Unsafe().WithUpper(upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Join(Vector128<float> lower, Vector128<float> upper) => lower.ToVector256Unsafe().WithUpper(upper);
}
