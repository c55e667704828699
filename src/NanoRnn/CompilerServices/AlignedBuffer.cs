using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Floats that never move: zeros of its own or of an arena's, which start on a cache line so that one 16-lane load never touches two, or
/// constants of the program, which are used where they lie.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AlignedBuffer
{
    /// <summary>Keeps the memory alive; null for constants of the program.</summary>
    private readonly object? _owner;
    private readonly float* _start;

    /// <summary>Takes <paramref name="length"/> zeros.</summary>
    /// <param name="length">Number of floats.</param>
    /// <param name="arena">Where to take them from; null to allocate them.</param>
    /// <exception cref="ArgumentException">The arena has not so many left.</exception>
    public AlignedBuffer(int length, MemoryArena? arena = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        if (arena is not null)
        {
            _owner = arena;
            _start = (float*)arena.Take((long)length * sizeof(float));
            return;
        }

        var array = GC.AllocateArray<float>(length + MemoryArena.Alignment / sizeof(float), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        _owner = array;
        _start = (float*)((address + MemoryArena.Alignment - 1) / MemoryArena.Alignment * MemoryArena.Alignment);
    }

    private AlignedBuffer(float* start, int length)
    {
        _start = start;
        Length = length;
        IsReadOnly = true;
    }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>Whether the floats are constants, which must not be written.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The first float. Whoever writes to it has asked <see cref="IsReadOnly"/> before.</summary>
    public ref float Reference => ref Unsafe.AsRef<float>(_start);

    /// <summary>All floats, to be read.</summary>
    public ReadOnlySpan<float> ReadOnlySpan => new(_start, Length);

    /// <summary>All floats.</summary>
    /// <exception cref="InvalidOperationException">They are constants.</exception>
    public Span<float> Span => IsReadOnly
        ? throw new InvalidOperationException("These weights are constants of the program and cannot be changed; LoadPretrained() gives a model with a copy that can.")
        : new(_start, Length);

    /// <summary>Constants of the program, without a copy.</summary>
    /// <param name="constants">Data that the compiler has put into the program's image: it stays where it is as long as the program runs.</param>
    public static AlignedBuffer FromConstants(ReadOnlySpan<byte> constants) => new(
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(constants)), constants.Length / sizeof(float));
}
