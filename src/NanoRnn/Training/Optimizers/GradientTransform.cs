using System.Numerics;
using System.Runtime.CompilerServices;

namespace NanoRnn;

/// <summary>Scales and bounds a gradient while the optimizer reads it, which saves a pass over memory.</summary>
/// <param name="scale">Factor for every element.</param>
/// <param name="bound">Largest magnitude of an element after scaling.</param>
internal readonly struct GradientTransform(float scale, float bound)
{
    private readonly Vector<float> _scale = new(scale);
    private readonly Vector<float> _bound = new(bound);

    /// <summary>Leaves the gradient as it is.</summary>
    public static GradientTransform None => new(1, float.PositiveInfinity);

    /// <summary>The transformed elements; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Apply(Vector<float> gradient) =>
        Vector.Min(Vector.Max(gradient * _scale, -_bound), _bound);
}
