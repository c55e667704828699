using System.Numerics;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Sgd"/>.</summary>
internal sealed record SgdOptimizer(float LearningRate, float Momentum, bool Nesterov) : Optimizer(LearningRate)
{
    internal override int Slots => Momentum == 0 ? 0 : 1;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) =>
        Momentum == 0 ? new Plain() : new WithMomentum(this, length, arena);

    private sealed class Plain : OptimizerUpdate
    {
        public override void Apply(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(learningRate);
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                (Vector.LoadUnsafe(ref weight, i) - rate * g).StoreUnsafe(ref weight, i);
            }
        }
    }

    private sealed class WithMomentum(SgdOptimizer optimizer, int length, MemoryArena? arena) : OptimizerUpdate
    {
        private readonly AlignedBuffer _velocity = new(length, arena);

        public override void Apply(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(learningRate);
            var momentum = new Vector<float>(optimizer.Momentum);
            var isNesterov = optimizer.Nesterov;
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var velocity = ref _velocity.Reference;
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var step = rate * (scale * Vector.LoadUnsafe(ref gradient, i));
                var m = momentum * Vector.LoadUnsafe(ref velocity, i) - step;
                m.StoreUnsafe(ref velocity, i);
                var change = isNesterov ? momentum * m - step : m;
                (Vector.LoadUnsafe(ref weight, i) + change).StoreUnsafe(ref weight, i);
            }
        }
    }
}
