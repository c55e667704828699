using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.Numerics;

/// <summary>Gram-Schmidt orthogonalisation.</summary>
internal static class Orthogonalization
{
    /// <summary>
    /// Makes vectors orthonormal in place: modified Gram-Schmidt, the factor Q of the QR decomposition whose R has a
    /// positive diagonal (what Keras reaches by fixing the signs of a Householder QR).
    /// </summary>
    /// <param name="vectors">
    /// Linearly independent vectors one after the other, each padded with zeros to <paramref name="stride"/> elements.
    /// </param>
    /// <param name="stride">Distance between vectors, a multiple of 16.</param>
    public static void Orthonormalize(Span<double> vectors, int stride)
    {
        for (var i = 0; i < vectors.Length; i += stride)
        {
            var pivot = vectors.Slice(i, stride);
            var norm = Math.Sqrt(Dot(pivot, pivot));
            foreach (ref var element in pivot)
                element /= norm;
            for (var j = i + stride; j < vectors.Length; j += stride)
            {
                var other = vectors.Slice(j, stride);
                SubtractScaled(other, pivot, Dot(other, pivot));
            }
        }
    }

    // Both run during start-up, before the tiered compiler would get to them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sums = default(PartialSums);
        ref var leftStart = ref MemoryMarshal.GetReference(left);
        ref var rightStart = ref MemoryMarshal.GetReference(right);
        for (nuint i = 0; i < (nuint)left.Length; i += PartialSums.Count)
            sums.AddProducts(ref leftStart, ref rightStart, i);
        return sums.Fold();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractScaled(Span<double> target, ReadOnlySpan<double> vector, double factor)
    {
        var factors = Vector512.Create(factor);
        ref var targetStart = ref MemoryMarshal.GetReference(target);
        ref var vectorStart = ref MemoryMarshal.GetReference(vector);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector512<double>.Count)
        {
            var difference = Vector512.LoadUnsafe(ref targetStart, i) - Vector512.LoadUnsafe(ref vectorStart, i) * factors;
            difference.StoreUnsafe(ref targetStart, i);
        }
    }
}
