using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><c>½e²</c> with <c>e = y − t</c> near zero, linear from <paramref name="delta"/> on.</summary>
internal readonly struct HuberError(float delta) : ILossFunction
{
    public static string Name => "Huber";

    public Vector512<float> Value(Vector512<float> prediction, Vector512<float> target)
    {
        var error = prediction - target;
        var magnitude = Vector512.Abs(error);
        return Vector512.ConditionalSelect(
            Vector512.LessThanOrEqual(magnitude, Vector512.Create(delta)),
            error * error * Vector512.Create(0.5f),
            magnitude * Vector512.Create(delta) - Vector512.Create(0.5f * delta * delta));
    }

    public Vector512<float> Slope(Vector512<float> prediction, Vector512<float> target) =>
        Vector512.Min(Vector512.Max(prediction - target, Vector512.Create(-delta)), Vector512.Create(delta));
}
