using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Scratch memory of a thread, for predictions whose memory depends on the length of the sequence, or is too much for the stack. It grows
/// when a call needs more than any before it on the same thread, and stays.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScratchMemory
{
    [ThreadStatic]
    private static AlignedBuffer? _buffer;

    /// <summary>At least <paramref name="length"/> floats with any content, valid until the thread's next call.</summary>
    /// <exception cref="ArgumentException">No buffer can have so many.</exception>
    public static ref float Get(long length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            if (length > BufferLimits.MaxScratchFloats)
                throw new ArgumentException($"The sequence is too long: its prediction needs {length} floats of memory, more than the {BufferLimits.MaxScratchFloats} that there can be.");
            _buffer = new AlignedBuffer((int)Math.Max(length, Math.Min(BufferLimits.MaxScratchFloats, 2L * (_buffer?.Length ?? 0))));
        }

        return ref _buffer.Reference;
    }

    /// <summary>At least <paramref name="length"/> floats, that many of them zeros, valid until the thread's next call.</summary>
    public static ref float GetZeros(int length)
    {
        ref var first = ref Get(length);
        MemoryMarshal.CreateSpan(ref first, length).Clear();
        return ref first;
    }

    /// <summary>Of so many rows of <paramref name="length"/> floats those that there can be memory for at the same time, at least one.</summary>
    public static int FitRows(long length, int rows) => BufferLimits.FitRows(length, rows);
}
