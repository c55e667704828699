namespace NanoRnn;

/// <summary>
/// More positions around those of each step, the reflections of those within: <c>3 2 [1 2 3 4] 3 2</c>, PyTorch's <c>ReflectionPad1d</c> within a step. What
/// frames of a signal have at their ends before a short-time Fourier transform.
/// </summary>
/// <param name="before">Positions before the first one, at least 0 and less than there are.</param>
/// <param name="behind">Positions behind the last one, at least 0 and less than there are.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReflectionPadding1DAttribute(int before, int behind) : PositionPaddingAttribute(before, behind);
