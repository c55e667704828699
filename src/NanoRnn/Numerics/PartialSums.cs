using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.Numerics;

/// <summary>
/// A sum that has the same bits whatever the width of the machine's vectors: term j goes to partial sum j mod 16, and the
/// 16 partial sums are folded 16 → 8 → 4 → 2 → 1. Terms are floats; the sums are doubles.
/// </summary>
internal struct PartialSums
{
    /// <summary>Number of partial sums.</summary>
    public const int Count = 16;

    private Vector512<double> _lower;
    private Vector512<double> _upper;

    /// <summary>Starts from sixteen partial sums.</summary>
    public PartialSums(ReadOnlySpan<double> sums)
    {
        _lower = Vector512.Create(sums[..8]);
        _upper = Vector512.Create(sums[8..]);
    }

    /// <summary>Adds sixteen terms, one to each partial sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<float> terms)
    {
        _lower += Vector512.WidenLower(terms);
        _upper += Vector512.WidenUpper(terms);
    }

    /// <summary>Adds sixteen terms that are doubles, the first eight and the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<double> lower, Vector512<double> upper)
    {
        _lower += lower;
        _upper += upper;
    }

    /// <summary>Adds the squares of sixteen floats, which are exact in a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSquares(Vector512<float> values)
    {
        var lower = Vector512.WidenLower(values);
        var upper = Vector512.WidenUpper(values);
        _lower += lower * lower;
        _upper += upper * upper;
    }

    /// <summary>Adds the sixteen products of <paramref name="left"/> and <paramref name="right"/> from <paramref name="index"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProducts(ref readonly double left, ref readonly double right, nuint index)
    {
        _lower += Vector512.LoadUnsafe(in left, index) * Vector512.LoadUnsafe(in right, index);
        _upper += Vector512.LoadUnsafe(in left, index + 8) * Vector512.LoadUnsafe(in right, index + 8);
    }

    /// <summary>The sum of the partial sums.</summary>
    public readonly double Fold()
    {
        var eight = _lower + _upper;
        var four = eight.GetLower() + eight.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return Vector128.Sum(two);
    }

    /// <summary>Sum of the squares of <paramref name="values"/>, whose number is a multiple of 16.</summary>
    public static double OfSquares(ReadOnlySpan<float> values)
    {
        var sums = default(PartialSums);
        ref var first = ref MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)values.Length; i += Count)
            sums.AddSquares(Vector512.LoadUnsafe(ref first, i));
        return sums.Fold();
    }
}
