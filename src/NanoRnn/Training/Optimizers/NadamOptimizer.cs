using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary><see cref="Optimizer.Nadam"/>.</summary>
internal sealed record NadamOptimizer(double LearningRate, float Beta1, float Beta2, float Epsilon) : Optimizer(LearningRate)
{
    private static readonly string[] Slots = ["momentum", "velocity"];

    internal override string Name => "Nadam";

    internal override string[] SlotNames => Slots;

    internal override OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null) => new Step(this, length, arena);

    private sealed class Step(NadamOptimizer optimizer, int length, MemoryArena? arena) : OptimizerUpdate(Slots.Length, length, arena)
    {
        /// <summary>How fast the momentum rises to beta1.</summary>
        private const double Decay = 0.96;

        private double _decayPower = 1;
        private double _beta2Power = 1;

        /// <summary>The product of the momenta of all steps.</summary>
        private double _momentumProduct = 1;

        private double Momentum => optimizer.Beta1 * (1 - 0.5 * _decayPower);

        private double NextMomentum => optimizer.Beta1 * (1 - 0.5 * (_decayPower * Decay));

        protected override void Restart() => (_decayPower, _beta2Power, _momentumProduct) = (1, 1, 1);

        protected override void Advance()
        {
            _decayPower *= Decay;
            _beta2Power *= optimizer.Beta2;
            _momentumProduct *= Momentum;
        }

        protected override void Update(
            Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
        {
            var scale = new Vector<float>(gradientScale);
            var rate = new Vector<float>(learningRate);
            var ofMean = new Vector<float>((float)(NextMomentum / (1 - _momentumProduct * NextMomentum)));
            var ofGradient = new Vector<float>((float)((1 - Momentum) / (1 - _momentumProduct)));
            var correction = new Vector<float>((float)(1 - _beta2Power));
            var rest1 = new Vector<float>(1 - optimizer.Beta1);
            var rest2 = new Vector<float>(1 - optimizer.Beta2);
            var epsilon = new Vector<float>(optimizer.Epsilon);
            ref var weight = ref MemoryMarshal.GetReference(weights);
            ref var gradient = ref MemoryMarshal.GetReference(gradients);
            ref var mean = ref Slot(0);
            ref var meanSquare = ref Slot(1);
            for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
            {
                var g = scale * Vector.LoadUnsafe(ref gradient, i);
                var m = Vector.LoadUnsafe(ref mean, i);
                var v = Vector.LoadUnsafe(ref meanSquare, i);
                m += rest1 * (g - m);
                v += rest2 * (g * g - v);
                m.StoreUnsafe(ref mean, i);
                v.StoreUnsafe(ref meanSquare, i);
                var step = rate * (ofMean * m + ofGradient * g) / (Vector.SquareRoot(v / correction) + epsilon);
                (Vector.LoadUnsafe(ref weight, i) - step).StoreUnsafe(ref weight, i);
            }
        }
    }
}
