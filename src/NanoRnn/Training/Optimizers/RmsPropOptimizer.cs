using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.RmsProp"/>.</summary>
internal sealed record RmsPropOptimizer(double LearningRate, float Rho, float Momentum, float Epsilon, bool Centered)
    : Optimizer(LearningRate)
{
    internal override string Name => "RmsProp";

    internal override string[] SlotNames => (Centered, Momentum != 0) switch
    {
        (false, false) => ["velocity"],
        (false, true) => ["velocity", "momentum"],
        (true, false) => ["velocity", "average_gradient"],
        (true, true) => ["velocity", "average_gradient", "momentum"],
    };

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Step(this, length, arena);

    private sealed class Step(RmsPropOptimizer optimizer, int length, MemoryArena? arena)
        : OptimizerUpdate(optimizer.SlotNames.Length, length, arena)
    {
        protected override void Update(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(learningRate);
            var rho = new Vector<float>(optimizer.Rho);
            var rest = new Vector<float>(1 - optimizer.Rho);
            var momentum = new Vector<float>(optimizer.Momentum);
            var epsilon = new Vector<float>(optimizer.Epsilon);
            var isCentered = optimizer.Centered;
            var hasMomentum = optimizer.Momentum != 0;
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var meanSquare = ref Slot(0);
            ref var mean = ref Slot(isCentered ? 1 : 0);
            ref var velocity = ref Slot(SlotCount - 1);
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                var v = rho * Vector.LoadUnsafe(ref meanSquare, i) + rest * (g * g);
                v.StoreUnsafe(ref meanSquare, i);
                if (isCentered)
                {
                    var a = rho * Vector.LoadUnsafe(ref mean, i) + rest * g;
                    a.StoreUnsafe(ref mean, i);
                    v = Vector.Max(v - a * a, Vector<float>.Zero);
                }

                var step = rate * g / Vector.SquareRoot(v + epsilon);
                if (hasMomentum)
                {
                    step += momentum * Vector.LoadUnsafe(ref velocity, i);
                    step.StoreUnsafe(ref velocity, i);
                }

                (Vector.LoadUnsafe(ref weight, i) - step).StoreUnsafe(ref weight, i);
            }
        }
    }
}
