using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><c>(y − t)²</c></summary>
internal readonly struct SquaredError : ILossFunction
{
    public static string Name => "MeanSquaredError";

    public Vector512<float> Value(Vector512<float> prediction, Vector512<float> target)
    {
        var error = prediction - target;
        return error * error;
    }

    public Vector512<float> Slope(Vector512<float> prediction, Vector512<float> target)
    {
        var error = prediction - target;
        return error + error;
    }
}
