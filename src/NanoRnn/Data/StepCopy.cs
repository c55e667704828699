namespace NanoRnn;

/// <summary>Copies the steps of a sequence to other distances.</summary>
internal static class StepCopy
{
    /// <param name="source">Steps, <paramref name="sourceStride"/> numbers apart.</param>
    /// <param name="sourceStride">Numbers from the start of a step to that of the next.</param>
    /// <param name="destination">Receives them, <paramref name="destinationStride"/> numbers apart.</param>
    /// <param name="destinationStride">The same there.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="stepLength">Numbers of a step.</param>
    public static void Run<T>(
        ReadOnlySpan<T> source, int sourceStride, Span<T> destination, int destinationStride, int steps, int stepLength)
        where T : unmanaged
    {
        if (stepLength == 1)
        {
            for (var step = 0; step < steps; step++)
                destination[step * destinationStride] = source[step * sourceStride];
            return;
        }

        for (var step = 0; step < steps; step++)
            source.Slice(step * sourceStride, stepLength).CopyTo(destination[(step * destinationStride)..]);
    }
}
