using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><c>|y − t|</c></summary>
internal readonly struct AbsoluteError : ILossFunction
{
    public static string Name => "MeanAbsoluteError";

    public Vector512<float> Value(Vector512<float> prediction, Vector512<float> target) => Vector512.Abs(prediction - target);

    // What is neither above nor below zero passes through: zero and NaN.
    public Vector512<float> Slope(Vector512<float> prediction, Vector512<float> target)
    {
        var error = prediction - target;
        return Vector512.ConditionalSelect(
            Vector512.GreaterThan(error, Vector512<float>.Zero),
            Vector512<float>.One,
            Vector512.ConditionalSelect(Vector512.LessThan(error, Vector512<float>.Zero), -Vector512<float>.One, error));
    }
}
