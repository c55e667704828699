namespace NanoRnn;

/// <summary>Some of the features of its input, those that follow each other.</summary>
/// <param name="start">The first of them, from 0 on.</param>
/// <param name="length">How many, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SliceAttribute(int start, int length) : LayerAttribute
{
    /// <summary>The first feature, from 0 on.</summary>
    public int Start { get; } = start;

    /// <summary>How many features.</summary>
    public int Length { get; } = length;
}
