using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>
/// The penalty <c>l1·Σ|w| + l2·Σw²</c> of every tensor that has one, and its gradient <c>l1·sign(w) + 2·l2·w</c>. Allocates nothing
/// after construction.
/// </summary>
internal sealed class WeightRegularization
{
    private readonly Penalty[] _penalties;

    public WeightRegularization(ModelLayout layout) => _penalties = FindPenalties(layout);

    /// <summary>The sum of all penalties: tensor by tensor, each in 16 partial sums in the order of the packed weights.</summary>
    /// <param name="weights">Packed weights; padding is zero.</param>
    public double Compute(ReadOnlySpan<float> weights)
    {
        ref readonly var start = ref MemoryMarshal.GetReference(weights);
        var total = 0.0;
        foreach (var penalty in _penalties)
        {
            if (penalty.L1 != 0)
                total += penalty.L1 * SumMagnitudes(in start, penalty.Runs);
            if (penalty.L2 != 0)
                total += penalty.L2 * SumSquares(in start, penalty.Runs);
        }

        return total;
    }

    /// <summary>Adds the gradient of all penalties to that of the loss. Padding stays zero.</summary>
    /// <param name="weights">Packed weights; padding is zero.</param>
    /// <param name="gradients">Their gradient, packed alike.</param>
    public void AddGradient(ReadOnlySpan<float> weights, Span<float> gradients)
    {
        ref readonly var start = ref MemoryMarshal.GetReference(weights);
        ref var gradientStart = ref MemoryMarshal.GetReference(gradients);
        foreach (var penalty in _penalties)
        {
            if (penalty.L1 != 0)
                AddMagnitudeGradient(in start, ref gradientStart, penalty.L1, penalty.Runs);
            if (penalty.L2 != 0)
                AddSquareGradient(in start, ref gradientStart, penalty.L2, penalty.Runs);
        }
    }

    private static double SumMagnitudes(ref readonly float weights, TensorRun[] runs)
    {
        var sums = default(PartialSums);
        foreach (var run in runs)
        {
            for (var i = run.FirstVector; i < run.End; i += PartialSums.Count)
                sums.Add(Vector512.Abs(run.Load(in weights, i)));
        }

        return sums.Fold();
    }

    private static double SumSquares(ref readonly float weights, TensorRun[] runs)
    {
        var sums = default(PartialSums);
        foreach (var run in runs)
        {
            for (var i = run.FirstVector; i < run.End; i += PartialSums.Count)
                sums.AddSquares(run.Load(in weights, i));
        }

        return sums.Fold();
    }

    private static void AddMagnitudeGradient(ref readonly float weights, ref float gradients, float factor, TensorRun[] runs)
    {
        var (positive, negative) = (Vector512.Create(factor), Vector512.Create(-factor));
        foreach (var run in runs)
        {
            for (var i = run.FirstVector; i < run.End; i += PartialSums.Count)
            {
                // Zero and NaN are their own sign.
                var w = run.Load(in weights, i);
                var isNegative = Vector512.LessThan(w, Vector512<float>.Zero);
                var isPositive = Vector512.GreaterThan(w, Vector512<float>.Zero);
                var term = Vector512.ConditionalSelect(isPositive, positive, Vector512.ConditionalSelect(isNegative, negative, w));
                (Vector512.LoadUnsafe(in gradients, (nuint)i) + term).StoreUnsafe(ref gradients, (nuint)i);
            }
        }
    }

    private static void AddSquareGradient(ref readonly float weights, ref float gradients, float factor, TensorRun[] runs)
    {
        var factors = Vector512.Create(factor);
        foreach (var run in runs)
        {
            for (var i = run.FirstVector; i < run.End; i += PartialSums.Count)
            {
                // The weight is doubled, not the factor, which could become infinite and padding NaN.
                var w = run.Load(in weights, i);
                (Vector512.LoadUnsafe(in gradients, (nuint)i) + (w + w) * factors).StoreUnsafe(ref gradients, (nuint)i);
            }
        }
    }

    private static Penalty[] FindPenalties(ModelLayout layout)
    {
        var penalties = new List<Penalty>();
        List<TensorRun>[]? runs = null;
        for (var tensor = 0; tensor < layout.Tensors.Length; tensor++)
        {
            var (l1, l2) = (layout.Tensors[tensor].L1, layout.Tensors[tensor].L2);
            if (l1 == 0 && l2 == 0)
                continue;
            runs ??= TensorRun.FindAll(layout);
            penalties.Add(new Penalty(l1, l2, [.. runs[tensor]]));
        }

        return [.. penalties];
    }

    private readonly record struct Penalty(float L1, float L2, TensorRun[] Runs);
}
