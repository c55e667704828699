namespace NanoRnn;

/// <summary>
/// More positions around those of each step, all zeros: Keras's <c>ZeroPadding1D</c> within a step instead of over time, for a
/// <see cref="Conv1DAttribute"/> with <see cref="Conv1DAttribute.Positions"/>.
/// </summary>
/// <param name="before">Positions before the first one, at least 0.</param>
/// <param name="behind">Positions behind the last one, at least 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ZeroPadding1DAttribute(int before, int behind) : PositionPaddingAttribute(before, behind);
