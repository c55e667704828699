using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Lion"/>.</summary>
internal sealed record LionOptimizer(double LearningRate, float Beta1, float Beta2) : Optimizer(LearningRate)
{
    private static readonly string[] Slots = ["momentum"];

    internal override string Name => "Lion";

    internal override string[] SlotNames => Slots;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Step(this, length, arena);

    private sealed class Step(LionOptimizer optimizer, int length, MemoryArena? arena) : OptimizerUpdate(Slots.Length, length, arena)
    {
        protected override void Update(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(learningRate);
            var beta1 = new Vector<float>(optimizer.Beta1);
            var rest1 = new Vector<float>(1 - optimizer.Beta1);
            var beta2 = new Vector<float>(optimizer.Beta2);
            var rest2 = new Vector<float>(1 - optimizer.Beta2);
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var mean = ref Slot(0);
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                var m = Vector.LoadUnsafe(ref mean, i);
                var direction = Sign(beta1 * m + rest1 * g);
                (beta2 * m + rest2 * g).StoreUnsafe(ref mean, i);
                (Vector.LoadUnsafe(ref weight, i) - rate * direction).StoreUnsafe(ref weight, i);
            }
        }

        /// <summary>Zero and NaN are their own sign.</summary>
        private static Vector<float> Sign(Vector<float> x) => Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector<float>.Zero),
            Vector<float>.One,
            Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), -Vector<float>.One, x));
    }
}
