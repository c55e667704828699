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
            // The product with the next vector to be taken off, and after the last of them with itself.
            var vector = vectors.Slice(i, stride);
            var product = Dot(vector, vectors[..stride]);
            for (var j = 0; j < i; j += stride)
                product = SubtractScaled(vector, vectors.Slice(j, stride), product, vectors.Slice(j + stride, stride));
            var norm = Math.Sqrt(product);
            foreach (ref var element in vector)
                element /= norm;
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

    /// <summary>target −= vector · factor, and then target · next: in one pass, since long vectors come from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SubtractScaled(Span<double> target, ReadOnlySpan<double> vector, double factor, ReadOnlySpan<double> next)
    {
        var factors = Vector512.Create(factor);
        var sums = default(PartialSums);
        ref var targetStart = ref MemoryMarshal.GetReference(target);
        ref var vectorStart = ref MemoryMarshal.GetReference(vector);
        ref var nextStart = ref MemoryMarshal.GetReference(next);
        for (nuint i = 0; i < (nuint)target.Length; i += PartialSums.Count)
        {
            var j = i + (nuint)Vector512<double>.Count;
            (Vector512.LoadUnsafe(ref targetStart, i) - Vector512.LoadUnsafe(ref vectorStart, i) * factors).StoreUnsafe(ref targetStart, i);
            (Vector512.LoadUnsafe(ref targetStart, j) - Vector512.LoadUnsafe(ref vectorStart, j) * factors).StoreUnsafe(ref targetStart, j);
            sums.AddProducts(ref targetStart, ref nextStart, i);
        }

        return sums.Fold();
    }
}
