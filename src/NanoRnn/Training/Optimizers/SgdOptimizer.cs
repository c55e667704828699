using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Sgd"/>.</summary>
internal sealed record SgdOptimizer(double LearningRate, float Momentum, bool Nesterov) : Optimizer(LearningRate)
{
    private static readonly string[] MomentumSlots = ["momentum"];

    internal override string Name => "Sgd";

    internal override string[] SlotNames => Momentum == 0 ? [] : MomentumSlots;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) =>
        Momentum == 0 ? new Plain() : new WithMomentum(this, length, arena);

    private sealed class Plain() : OptimizerUpdate(slots: 0, length: 0, arena: null)
    {
        protected override void Update(
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

    private sealed class WithMomentum(SgdOptimizer optimizer, int length, MemoryArena? arena) : OptimizerUpdate(MomentumSlots.Length, length, arena)
    {
        protected override void Update(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(learningRate);
            var momentum = new Vector<float>(optimizer.Momentum);
            var isNesterov = optimizer.Nesterov;
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var velocity = ref Slot(0);
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
