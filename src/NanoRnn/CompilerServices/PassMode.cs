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
}

/// <summary>A forward pass for its outputs alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Predicting : IPassMode
{
    /// <inheritdoc/>
    public static bool Records => false;
}

/// <summary>A forward pass that a backward pass will follow.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Recording : IPassMode
{
    /// <inheritdoc/>
    public static bool Records => true;
}
