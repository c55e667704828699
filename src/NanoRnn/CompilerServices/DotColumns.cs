using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NanoRnn.CompilerServices;

/// <summary>How the operands of <see cref="DotColumns"/> lie in memory, in floats.</summary>
/// <param name="ARow">From one row of factors to the next.</param>
/// <param name="Map">From one map's factors to the next's, in a row and in a column: a multiple of 16.</param>
/// <param name="TargetRow">From one row of the target to the next.</param>
/// <param name="Units">Factors per map.</param>
/// <param name="Maps">Maps.</param>
/// <param name="Columns">Columns, from 1 to 4.</param>
/// <param name="Accumulates">Whether the sums are added to the target instead of replacing it.</param>
internal readonly record struct DotShape(nint ARow, int Map, nint TargetRow, int Units, int Maps, int Columns, bool Accumulates)
{
    /// <summary>Factors of a map in whole blocks of 16, without its last block.</summary>
    public int Whole => (Units - 1) / 16 * 16;

    /// <summary>Floats of a column.</summary>
    public int Column => Maps * Map;
}

/// <summary>
/// A few columns of a product with a transposed kernel: target[row][column] (+)= Σ over maps and units of a[row][map][unit] ·
/// kernel[column][map][unit], in 16 partial sums, folded 16 → 8 → 4 → 2 → 1. A row of the target has 4 lanes; those behind the columns
/// become zero.
/// </summary>
internal static class DotColumns
{
    private const int BlockLanes = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in DotShape shape, ref float a, ref float kernel, ref float target, nint rows)
    {
        var (columns, column) = (shape.Columns, shape.Column);
        ref var kernel1 = ref Unsafe.Add(ref kernel, columns > 1 ? column : 0);
        ref var kernel2 = ref Unsafe.Add(ref kernel, 2 * column);
        ref var kernel3 = ref Unsafe.Add(ref kernel2, columns > 3 ? column : 0);
        var isFirst = Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(2)).AsSingle();
        var isColumn = Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(columns)).AsSingle();
        for (nint row = 0; row < rows; row += 2)
        {
            // The second of two rows may be one too many: then it is the first again.
            var isPair = row + 1 < rows;
            ref var a0 = ref Unsafe.Add(ref a, row * shape.ARow);
            ref var a1 = ref Unsafe.Add(ref a0, isPair ? shape.ARow : 0);
            var (row0, row1) = Tile(shape, ref a0, ref a1, ref kernel, ref kernel1);
            if (columns > 2)
            {
                var (row0Of23, row1Of23) = Tile(shape, ref a0, ref a1, ref kernel2, ref kernel3);
                row0 = Vector128.ConditionalSelect(isFirst, row0, row0Of23);
                row1 = Vector128.ConditionalSelect(isFirst, row1, row1Of23);
            }

            ref var place = ref Unsafe.Add(ref target, row * shape.TargetRow);
            Finish(shape, row0 & isColumn, ref place);
            if (isPair)
                Finish(shape, row1 & isColumn, ref Unsafe.Add(ref place, shape.TargetRow));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in DotShape shape, Vector128<float> sums, ref float place) =>
        (shape.Accumulates ? Vector128.LoadUnsafe(ref place) + sums : sums).StoreUnsafe(ref place);

    /// <summary>The sums of two rows and two columns, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Row0, Vector128<float> Row1) Tile(in DotShape shape, ref float a0, ref float a1, ref float kernel0, ref float kernel1) =>
        Vector512.IsHardwareAccelerated
            ? Tile512(shape, ref a0, ref a1, ref kernel0, ref kernel1)
            : Tile256(shape, ref a0, ref a1, ref kernel0, ref kernel1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Row0, Vector128<float> Row1) Tile512(in DotShape shape, ref float a0, ref float a1, ref float kernel0, ref float kernel1)
    {
        Vector512<float> s00 = Vector512<float>.Zero, s01 = Vector512<float>.Zero, s10 = Vector512<float>.Zero, s11 = Vector512<float>.Zero;
        var isUnit = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(shape.Units - shape.Whole)).AsSingle();
        for (nint map = 0; map < shape.Column; map += shape.Map)
        {
            var end = map + shape.Whole;
            for (var i = map; i <= end; i += BlockLanes)
            {
                // What lies behind the units is anything.
                var (x0, x1) = (Vector512.LoadUnsafe(ref a0, (nuint)i), Vector512.LoadUnsafe(ref a1, (nuint)i));
                if (i == end)
                    (x0, x1) = (x0 & isUnit, x1 & isUnit);
                var (w0, w1) = (Vector512.LoadUnsafe(ref kernel0, (nuint)i), Vector512.LoadUnsafe(ref kernel1, (nuint)i));
                s00 = Vector512.FusedMultiplyAdd(x0, w0, s00);
                s01 = Vector512.FusedMultiplyAdd(x0, w1, s01);
                s10 = Vector512.FusedMultiplyAdd(x1, w0, s10);
                s11 = Vector512.FusedMultiplyAdd(x1, w1, s11);
            }
        }

        return (
            Fold(s00.GetLower() + s00.GetUpper(), s01.GetLower() + s01.GetUpper()),
            Fold(s10.GetLower() + s10.GetUpper(), s11.GetLower() + s11.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Row0, Vector128<float> Row1) Tile256(in DotShape shape, ref float a0, ref float a1, ref float kernel0, ref float kernel1)
    {
        Vector256<float> low00 = Vector256<float>.Zero, low01 = Vector256<float>.Zero, low10 = Vector256<float>.Zero, low11 = Vector256<float>.Zero;
        Vector256<float> high00 = Vector256<float>.Zero, high01 = Vector256<float>.Zero, high10 = Vector256<float>.Zero, high11 = Vector256<float>.Zero;
        var rest = Vector256.Create(shape.Units - shape.Whole);
        var isLowUnit = Vector256.LessThan(Vector256<int>.Indices, rest).AsSingle();
        var isHighUnit = Vector256.LessThan(Vector256<int>.Indices + Vector256.Create(8), rest).AsSingle();
        for (nint map = 0; map < shape.Column; map += shape.Map)
        {
            var end = map + shape.Whole;
            for (var i = map; i <= end; i += BlockLanes)
            {
                var (x0, x1) = (Vector256.LoadUnsafe(ref a0, (nuint)i), Vector256.LoadUnsafe(ref a1, (nuint)i));
                if (i == end)
                    (x0, x1) = (x0 & isLowUnit, x1 & isLowUnit);
                var (w0, w1) = (Vector256.LoadUnsafe(ref kernel0, (nuint)i), Vector256.LoadUnsafe(ref kernel1, (nuint)i));
                low00 = Vector256.FusedMultiplyAdd(x0, w0, low00);
                low01 = Vector256.FusedMultiplyAdd(x0, w1, low01);
                low10 = Vector256.FusedMultiplyAdd(x1, w0, low10);
                low11 = Vector256.FusedMultiplyAdd(x1, w1, low11);
                (x0, x1) = (Vector256.LoadUnsafe(ref a0, (nuint)i + 8), Vector256.LoadUnsafe(ref a1, (nuint)i + 8));
                if (i == end)
                    (x0, x1) = (x0 & isHighUnit, x1 & isHighUnit);
                (w0, w1) = (Vector256.LoadUnsafe(ref kernel0, (nuint)i + 8), Vector256.LoadUnsafe(ref kernel1, (nuint)i + 8));
                high00 = Vector256.FusedMultiplyAdd(x0, w0, high00);
                high01 = Vector256.FusedMultiplyAdd(x0, w1, high01);
                high10 = Vector256.FusedMultiplyAdd(x1, w0, high10);
                high11 = Vector256.FusedMultiplyAdd(x1, w1, high11);
            }
        }

        return (Fold(low00 + high00, low01 + high01), Fold(low10 + high10, low11 + high11));
    }

    /// <summary>The sums of 8 lanes of both, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fold(Vector256<float> a, Vector256<float> b)
    {
        var pairs = AddPairs(FoldHalves(a.GetLower() + a.GetUpper()), FoldHalves(b.GetLower() + b.GetUpper()));
        return Vector128.Shuffle(pairs, Vector128.Create(0, 2, 0, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FoldHalves(Vector128<float> a) => a + Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1));

    /// <summary>The sums of neighbours in a, then in b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> AddPairs(Vector128<float> a, Vector128<float> b) =>
        Sse3.IsSupported ? Sse3.HorizontalAdd(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.AddPairwise(a, b)
        : Vector128.Create(a[0] + a[1], a[2] + a[3], b[0] + b[1], b[2] + b[3]);
}
