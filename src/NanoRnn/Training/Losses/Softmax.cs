using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>The softmax of logits of any magnitude.</summary>
internal static class Softmax
{
    /// <summary><c>ln Σ exp(zᵢ)</c>: a class's logit less this is the logarithm of its probability.</summary>
    /// <param name="logits">One or more numbers.</param>
    /// <param name="probabilities">Receives the probability of each; empty if they are not wanted.</param>
    public static double LogTotal(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        var largest = TensorPrimitives.Max(logits);
        var shift = Vector512.Create((double)largest);
        var sums = default(PartialSums);
        ref var first = ref MemoryMarshal.GetReference(logits);
        var i = 0;
        for (; i <= logits.Length - PartialSums.Count; i += PartialSums.Count)
        {
            var powers = Add(Vector512.LoadUnsafe(ref first, (nuint)i));
            if (!probabilities.IsEmpty)
                powers.StoreUnsafe(ref MemoryMarshal.GetReference(probabilities), (nuint)i);
        }

        if (i < logits.Length)
        {
            Span<float> tail = stackalloc float[PartialSums.Count];
            tail.Fill(float.NegativeInfinity);
            logits[i..].CopyTo(tail);
            Add(Vector512.Create<float>(tail)).CopyTo(tail);
            if (!probabilities.IsEmpty)
                tail[..(logits.Length - i)].CopyTo(probabilities[i..]);
        }

        var total = sums.Fold();
        if (!probabilities.IsEmpty)
            TensorPrimitives.Divide(probabilities, (float)total, probabilities);
        return largest + DeterministicMath.Log(total);

        Vector512<float> Add(Vector512<float> z)
        {
            var lower = DeterministicMath.Exp(Vector512.WidenLower(z) - shift);
            var upper = DeterministicMath.Exp(Vector512.WidenUpper(z) - shift);
            sums.Add(lower, upper);
            return Vector512.Narrow(lower, upper);
        }
    }
}
