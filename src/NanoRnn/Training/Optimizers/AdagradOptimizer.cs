using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Adagrad"/>.</summary>
internal sealed record AdagradOptimizer(double LearningRate, float InitialAccumulatorValue, float Epsilon) : Optimizer(LearningRate)
{
    private static readonly string[] Slots = ["accumulator"];

    internal override string Name => "Adagrad";

    internal override string[] SlotNames => Slots;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Step(this, length, arena);

    private sealed class Step : OptimizerUpdate
    {
        private readonly AdagradOptimizer _optimizer;

        public Step(AdagradOptimizer optimizer, int length, MemoryArena? arena)
            : base(Slots.Length, length, arena)
        {
            _optimizer = optimizer;
            GetSlot(0).Fill(optimizer.InitialAccumulatorValue);
        }

        protected override void Update(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(learningRate);
            var epsilon = new Vector<float>(_optimizer.Epsilon);
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var accumulator = ref Slot(0);
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                var a = Vector.LoadUnsafe(ref accumulator, i) + g * g;
                a.StoreUnsafe(ref accumulator, i);
                (Vector.LoadUnsafe(ref weight, i) - rate * g / Vector.SquareRoot(a + epsilon)).StoreUnsafe(ref weight, i);
            }
        }
    }
}
