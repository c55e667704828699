using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Floats that never move: zeros of its own, which start on a cache line so that one 16-lane load never touches two, or constants of
/// the program, which are used where they lie.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AlignedBuffer
{
    private const int CacheLine = 64;

    /// <summary>Keeps the memory alive; null for constants of the program.</summary>
    private readonly float[]? _array;
    private readonly float* _start;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _array = GC.AllocateArray<float>(length + CacheLine / sizeof(float), pinned: true);
        Length = length;
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _start = (float*)((address + CacheLine - 1) / CacheLine * CacheLine);
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
