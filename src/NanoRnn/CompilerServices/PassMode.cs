using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// What a forward kernel is run for, as a type, so that the compiler makes one version of the kernel for each and leaves
/// recording out of an application that never trains.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPassMode
{
    /// <summary>Whether the kernel writes down what the backward pass needs.</summary>
    static abstract bool Records { get; }

    /// <summary>Whether the input is not the input but the sums over it, which the kernel goes on with.</summary>
    static abstract bool IsProjected { get; }
}

/// <summary>A forward pass for its outputs alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Predicting : IPassMode
{
    /// <inheritdoc/>
    public static bool Records => false;

    /// <inheritdoc/>
    public static bool IsProjected => false;
}

/// <summary>A forward pass for its outputs alone, behind a pass over the inputs of several steps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PredictingProjected : IPassMode
{
    /// <inheritdoc/>
    public static bool Records => false;

    /// <inheritdoc/>
    public static bool IsProjected => true;
}

/// <summary>A forward pass that a backward pass will follow.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Recording : IPassMode
{
    /// <inheritdoc/>
    public static bool Records => true;

    /// <inheritdoc/>
    public static bool IsProjected => false;
}
