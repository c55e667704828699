using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Scratch memory of a thread, for predictions whose memory depends on the length of the sequence. It grows when a call needs more than
/// any before it on the same thread, and stays.
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
            if (length > Array.MaxLength / 2)
                throw new ArgumentException($"The sequence is too long: its prediction needs {length} floats of memory.");
            _buffer = new AlignedBuffer((int)Math.Max(length, Math.Min(Array.MaxLength / 2, 2L * (_buffer?.Length ?? 0))));
        }

        return ref _buffer.Reference;
    }
}
