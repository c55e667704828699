using System.Numerics;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.RmsProp"/>.</summary>
internal sealed record RmsPropOptimizer(float LearningRate, float Rho, float Momentum, float Epsilon, bool Centered)
    : Optimizer(LearningRate)
{
    internal override int Slots => 1 + (Centered ? 1 : 0) + (Momentum == 0 ? 0 : 1);

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Update(this, length, arena);

    private sealed class Update(RmsPropOptimizer optimizer, int length, MemoryArena? arena) : OptimizerUpdate
    {
        private readonly AlignedBuffer _meanSquare = new(length, arena);
        private readonly AlignedBuffer _mean = new(optimizer.Centered ? length : 0, arena);
        private readonly AlignedBuffer _velocity = new(optimizer.Momentum == 0 ? 0 : length, arena);

        public override void Apply(
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
            ref var meanSquare = ref _meanSquare.Reference;
            ref var mean = ref _mean.Reference;
            ref var velocity = ref _velocity.Reference;
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
