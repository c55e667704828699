using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>Instructions as their manuals define them, of operations that every processor has.</summary>
internal static class SoftwareInstructions
{
    /// <summary>Of AVX-512: neighbouring products added.</summary>
    public static Vector512<int> MultiplyAddAdjacent(Vector512<short> a, Vector512<short> b)
    {
        var (x, y) = (a.AsInt32(), b.AsInt32());
        return ((x << 16) >> 16) * ((y << 16) >> 16) + (x >> 16) * (y >> 16);
    }

    /// <summary>Of AVX-VNNI: four neighbouring products of an unsigned and a signed byte added to a sum.</summary>
    public static Vector256<int> MultiplyWideningAndAdd(Vector256<int> sums, Vector256<byte> a, Vector256<sbyte> b)
    {
        var (x, y) = (a.AsInt32(), b.AsInt32());
        for (var bits = 0; bits < 32; bits += 8)
            sums += ((x >>> bits) & Vector256.Create(0xFF)) * ((y << (24 - bits)) >> 24);
        return sums;
    }

    /// <summary>Of ARMv8.2: four neighbouring products of signed bytes added to a sum.</summary>
    public static Vector128<int> DotProduct(Vector128<int> sums, Vector128<sbyte> a, Vector128<sbyte> b)
    {
        var (x, y) = (a.AsInt32(), b.AsInt32());
        for (var bits = 0; bits < 32; bits += 8)
            sums += ((x << (24 - bits)) >> 24) * ((y << (24 - bits)) >> 24);
        return sums;
    }

    /// <summary>Of ARM64: the sums of neighbours in a, then in b.</summary>
    public static Vector128<float> AddPairwise(Vector128<float> a, Vector128<float> b) =>
        Vector128.Create(a[0] + a[1], a[2] + a[3], b[0] + b[1], b[2] + b[3]);

    /// <summary>Of ARM64: the lower halves in turn.</summary>
    public static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) => Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>Of ARM64: the upper halves in turn.</summary>
    public static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) => Vector128.Create(a[2], b[2], a[3], b[3]);
}
