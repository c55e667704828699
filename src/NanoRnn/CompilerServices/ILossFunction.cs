using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>A loss of one output and its target, and its derivative, for sixteen of them at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILossFunction
{
    /// <summary>Name of the loss that is its mean.</summary>
    static abstract string Name { get; }

    /// <summary>The loss of sixteen outputs.</summary>
    /// <param name="prediction">The outputs.</param>
    /// <param name="target">Their targets.</param>
    Vector512<float> Value(Vector512<float> prediction, Vector512<float> target);

    /// <summary>Its derivative with respect to the outputs.</summary>
    /// <param name="prediction">The outputs.</param>
    /// <param name="target">Their targets.</param>
    Vector512<float> Slope(Vector512<float> prediction, Vector512<float> target);
}
