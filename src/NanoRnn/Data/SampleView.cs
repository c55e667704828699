namespace NanoRnn;

/// <summary>Where the numbers of each sample lie in a memory that all samples share: steps at a distance, and of each step some columns.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Start">Where sample 0 starts.</param>
/// <param name="Stride">Numbers from the start of a sample to that of the next.</param>
/// <param name="Steps">Steps of a sample.</param>
/// <param name="StepStride">Numbers from the start of a step to that of the next.</param>
/// <param name="StepLength">Numbers of a step.</param>
/// <param name="Columns">Where they lie behind the start of the step; null if they are the first ones.</param>
internal readonly record struct SampleView<T>(
    ReadOnlyMemory<T> Memory, int Start, int Stride, int Steps, int StepStride, int StepLength, int[]? Columns = null)
    where T : unmanaged
{
    /// <summary>Samples one behind the other.</summary>
    public SampleView(ReadOnlyMemory<T> memory, int steps, int stepLength)
        : this(memory, 0, steps * stepLength, steps, stepLength, stepLength)
    {
    }

    public bool Exist => StepLength > 0;

    /// <summary>Numbers of a sample.</summary>
    public int Length => Steps * StepLength;

    /// <summary>Whether the numbers of a sample lie one behind the other.</summary>
    public bool IsContiguous => Columns is null && (Steps == 1 || StepStride == StepLength);

    /// <summary>A sample of a contiguous view.</summary>
    public ReadOnlySpan<T> Get(int position) => Memory.Span.Slice(Start + position * Stride, Length);

    /// <summary>Copies a sample.</summary>
    /// <param name="position">The sample.</param>
    /// <param name="destination">Receives its steps.</param>
    /// <param name="stride">Numbers from the start of a step to that of the next in the destination.</param>
    public void CopyTo(int position, Span<T> destination, int stride)
    {
        var source = Memory.Span[(Start + position * Stride)..];
        if (Columns is null)
        {
            StepCopy.Run(source, StepStride, destination, stride, Steps, StepLength);
            return;
        }

        for (var step = 0; step < Steps; step++)
        {
            var from = source[(step * StepStride)..];
            var to = destination.Slice(step * stride, StepLength);
            for (var i = 0; i < to.Length; i++)
                to[i] = from[Columns[i]];
        }
    }
}
