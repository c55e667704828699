using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Adamax"/>.</summary>
internal sealed record AdamaxOptimizer(double LearningRate, float Beta1, float Beta2, float Epsilon) : Optimizer(LearningRate)
{
    private static readonly string[] Slots = ["momentum", "norm"];

    internal override string Name => "Adamax";

    internal override string[] SlotNames => Slots;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Step(this, length, arena);

    private sealed class Step(AdamaxOptimizer optimizer, int length, MemoryArena? arena) : OptimizerUpdate(Slots.Length, length, arena)
    {
        private double _beta1Power = 1;

        protected override void Restart() => _beta1Power = 1;

        protected override void Advance() => _beta1Power *= optimizer.Beta1;

        protected override void Update(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(Bounded(learningRate / (1 - _beta1Power)));
            var rest1 = new Vector<float>(1 - optimizer.Beta1);
            var beta2 = new Vector<float>(optimizer.Beta2);
            var epsilon = new Vector<float>(optimizer.Epsilon);
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var mean = ref Slot(0);
            ref var norm = ref Slot(1);
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                var m = Vector.LoadUnsafe(ref mean, i);
                m += rest1 * (g - m);
                var u = Vector.Max(beta2 * Vector.LoadUnsafe(ref norm, i), Vector.Abs(g));
                m.StoreUnsafe(ref mean, i);
                u.StoreUnsafe(ref norm, i);
                (Vector.LoadUnsafe(ref weight, i) - rate * m / (u + epsilon)).StoreUnsafe(ref weight, i);
            }
        }
    }
}
