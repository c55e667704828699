namespace NanoRnn.CompilerServices;

/// <summary>
/// How large buffers may be. The compiler refuses what can never fit by the same numbers that the runtime goes by: this file is a part of
/// both.
/// </summary>
internal static class BufferLimits
{
    /// <summary>The largest length of an array.</summary>
    private const long MaxArrayLength = 0x7FFFFFC7;

    /// <summary>Floats of a buffer: with what it takes to start on a cache line they are an array.</summary>
    public const long MaxFloats = MaxArrayLength - 16;

    /// <summary>Floats of a thread's scratch memory.</summary>
    public const long MaxScratchFloats = MaxFloats / 2;

    /// <summary>Floats that a prediction has on the stack at most: 64 KiB. With more they are the thread's scratch memory.</summary>
    public const int MaxStackFloats = 64 * 1024 / sizeof(float);

    /// <summary>Floats to allocate on the stack beyond those that are used, to start on a cache line.</summary>
    public const int StackSlack = 15;

    /// <summary>
    /// Of so many rows of so many floats those that scratch memory can have at the same time, at least one.
    /// </summary>
    public static int FitRows(long length, int rows) => (int)Math.Max(1, Math.Min(rows, MaxScratchFloats / length));
}
