using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Adam"/> and <see cref="Optimizer.AdamW"/>.</summary>
internal sealed record AdamOptimizer(double LearningRate, float Beta1, float Beta2, float Epsilon, bool Amsgrad) : Optimizer(LearningRate)
{
    private static readonly string[] PlainSlots = ["momentum", "velocity"];
    private static readonly string[] AmsgradSlots = ["momentum", "velocity", "velocity_hat"];

    internal override string Name => "Adam";

    internal override string[] SlotNames => Amsgrad ? AmsgradSlots : PlainSlots;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Step(this, length, arena);

    private sealed class Step(AdamOptimizer optimizer, int length, MemoryArena? arena)
        : OptimizerUpdate(optimizer.SlotNames.Length, length, arena)
    {
        private double _beta1Power = 1;
        private double _beta2Power = 1;

        protected override void Restart() => (_beta1Power, _beta2Power) = (1, 1);

        protected override void Advance()
        {
            _beta1Power *= optimizer.Beta1;
            _beta2Power *= optimizer.Beta2;
        }

        protected override void Update(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(Bounded(learningRate * Math.Sqrt(1 - _beta2Power) / (1 - _beta1Power)));
            var rest1 = new Vector<float>(1 - optimizer.Beta1);
            var rest2 = new Vector<float>(1 - optimizer.Beta2);
            var epsilon = new Vector<float>(optimizer.Epsilon);
            var isAmsgrad = optimizer.Amsgrad;
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var mean = ref Slot(0);
            ref var meanSquare = ref Slot(1);
            ref var largest = ref Slot(isAmsgrad ? 2 : 1);
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                var m = Vector.LoadUnsafe(ref mean, i);
                var v = Vector.LoadUnsafe(ref meanSquare, i);
                m += rest1 * (g - m);
                v += rest2 * (g * g - v);
                m.StoreUnsafe(ref mean, i);
                v.StoreUnsafe(ref meanSquare, i);
                if (isAmsgrad)
                {
                    v = Vector.Max(Vector.LoadUnsafe(ref largest, i), v);
                    v.StoreUnsafe(ref largest, i);
                }

                var step = rate * m / (Vector.SquareRoot(v) + epsilon);
                (Vector.LoadUnsafe(ref weight, i) - step).StoreUnsafe(ref weight, i);
            }
        }
    }
}
