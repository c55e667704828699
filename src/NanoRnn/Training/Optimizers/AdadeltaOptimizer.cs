using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Adadelta"/>.</summary>
internal sealed record AdadeltaOptimizer(double LearningRate, float Rho, float Epsilon) : Optimizer(LearningRate)
{
    private static readonly string[] Slots = ["accumulated_grad", "accumulated_delta_var"];

    internal override string Name => "Adadelta";

    internal override string[] SlotNames => Slots;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Step(this, length, arena);

    private sealed class Step(AdadeltaOptimizer optimizer, int length, MemoryArena? arena) : OptimizerUpdate(Slots.Length, length, arena)
    {
        protected override void Update(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(learningRate);
            var rho = new Vector<float>(optimizer.Rho);
            var rest = new Vector<float>(1 - optimizer.Rho);
            var epsilon = new Vector<float>(optimizer.Epsilon);
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var ofGradients = ref Slot(0);
            ref var ofChanges = ref Slot(1);
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                var a = rho * Vector.LoadUnsafe(ref ofGradients, i) + rest * (g * g);
                var d = Vector.LoadUnsafe(ref ofChanges, i);
                var change = Vector.SquareRoot(d + epsilon) * g / Vector.SquareRoot(a + epsilon);
                a.StoreUnsafe(ref ofGradients, i);
                (rho * d + rest * (change * change)).StoreUnsafe(ref ofChanges, i);
                (Vector.LoadUnsafe(ref weight, i) - rate * change).StoreUnsafe(ref weight, i);
            }
        }
    }
}
