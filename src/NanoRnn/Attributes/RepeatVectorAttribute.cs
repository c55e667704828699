namespace NanoRnn;

/// <summary>Makes a sequence of one vector: the same at every step.</summary>
/// <param name="count">Time steps of the sequence, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RepeatVectorAttribute(int count) : LayerAttribute
{
    /// <summary>Time steps of the sequence.</summary>
    public int Count { get; } = count;
}
