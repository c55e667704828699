using System.Numerics;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Adam"/>.</summary>
internal sealed record AdamOptimizer(float LearningRate, float Beta1, float Beta2, float Epsilon) : Optimizer(LearningRate)
{
    internal override int Slots => 2;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Update(this, length, arena);

    private sealed class Update(AdamOptimizer optimizer, int length, MemoryArena? arena) : OptimizerUpdate
    {
        private readonly AlignedBuffer _mean = new(length, arena);
        private readonly AlignedBuffer _meanSquare = new(length, arena);

        // beta1ᵗ and beta2ᵗ as products: a power function would not have the same bits everywhere.
        private double _beta1Power = 1;
        private double _beta2Power = 1;

        public override void Apply(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            _beta1Power *= optimizer.Beta1;
            _beta2Power *= optimizer.Beta2;
            var scale = new Vector<float>(gradientScale);

            // An infinite rate would make NaN of padding.
            var rate = new Vector<float>((float)Math.Min(float.MaxValue, learningRate * Math.Sqrt(1 - _beta2Power) / (1 - _beta1Power)));
            var rest1 = new Vector<float>(1 - optimizer.Beta1);
            var rest2 = new Vector<float>(1 - optimizer.Beta2);
            var epsilon = new Vector<float>(optimizer.Epsilon);
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var mean = ref _mean.Reference;
            ref var meanSquare = ref _meanSquare.Reference;
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                var m = Vector.LoadUnsafe(ref mean, i);
                var v = Vector.LoadUnsafe(ref meanSquare, i);
                m += rest1 * (g - m);
                v += rest2 * (g * g - v);
                m.StoreUnsafe(ref mean, i);
                v.StoreUnsafe(ref meanSquare, i);
                var step = rate * m / (Vector.SquareRoot(v) + epsilon);
                (Vector.LoadUnsafe(ref weight, i) - step).StoreUnsafe(ref weight, i);
            }
        }
    }
}
