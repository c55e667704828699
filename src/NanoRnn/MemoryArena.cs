using System.Buffers;
using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary>
/// Memory that models, sessions and trainers take their buffers from, one behind the other, instead of allocating them. A model's
/// nested class <c>Memory</c> has constants for how many bytes each of them takes.
/// </summary>
/// <remarks>
/// <para>Every buffer starts on a cache line, is zeroed when it is taken, and never moves. Nothing is given back before the whole arena
/// is, but what a failed <c>Load</c> has taken. What has been made from an arena keeps using its memory: an arena that is disposed, or memory that is freed, while a model, a
/// session or a trainer in it is still in use is a mistake that nothing detects. Not for use by two threads at once.</para>
/// <para>An arena that is forgotten instead of disposed keeps its memory for as long as the program runs.</para>
/// </remarks>
public sealed unsafe class MemoryArena : IDisposable
{
    /// <summary>
    /// Bytes of a cache line. An arena over memory that starts elsewhere skips up to <see cref="Alignment"/> − 1 bytes.
    /// </summary>
    public const int Alignment = 64;

    private readonly byte* _start;
    private readonly bool _isZeroed;
    private readonly object? _pinned;
    private MemoryHandle _handle;
    private void* _native;
    private bool _isDisposed;

    /// <summary>An arena over memory of the caller's, who frees it when nothing made from it is in use any more.</summary>
    /// <param name="start">The first byte; the memory must not move.</param>
    /// <param name="length">Number of bytes, at least 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    [CLSCompliant(false)]
    public MemoryArena(byte* start, nint length)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var skipped = (nint)((Alignment - (nuint)start % Alignment) % Alignment);
        _start = start + skipped;
        Length = Math.Max(0, length - skipped);
    }

    private MemoryArena(CacheLine[] pinned, long length)
        : this((byte*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0), (nint)(pinned.LongLength * Alignment))
    {
        (_pinned, _isZeroed, Length) = (pinned, true, length);
    }

    /// <summary>Bytes in all, from the first cache line on.</summary>
    public long Length { get; }

    /// <summary>Bytes that have been taken.</summary>
    public long Used { get; private set; }

    /// <summary>An arena over native memory of its own, which <see cref="Dispose"/> frees.</summary>
    /// <param name="bytes">Number of bytes, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    public static MemoryArena Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var memory = NativeMemory.AlignedAlloc(checked((nuint)bytes), Alignment);
        return new MemoryArena((byte*)memory, (nint)bytes) { _native = memory };
    }

    /// <summary>An arena over managed memory, which stays pinned until <see cref="Dispose"/>.</summary>
    /// <param name="memory">The memory.</param>
    public static MemoryArena Over(Memory<byte> memory)
    {
        var handle = memory.Pin();
        if (handle.Pointer is null)
            throw new ArgumentException("The memory is empty.", nameof(memory));
        return new MemoryArena((byte*)handle.Pointer, memory.Length) { _handle = handle };
    }

    /// <summary>Frees or unpins the arena's memory; what was made from it must not be used any more.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _handle.Dispose();
        NativeMemory.AlignedFree(_native);
        _native = null;
    }

    /// <summary>An arena over memory of the garbage collector's, for as long as a buffer of it is in use.</summary>
    internal static MemoryArena AllocatePinned(long bytes) =>
        new(GC.AllocateArray<CacheLine>(checked((int)(RoundUp(bytes) / Alignment + 1)), pinned: true), RoundUp(bytes));

    /// <summary>The next bytes, zeroed, on a cache line.</summary>
    /// <exception cref="ArgumentException">There are not so many left.</exception>
    /// <exception cref="ObjectDisposedException">The arena has been disposed.</exception>
    internal void* Take(long bytes)
    {
        Require(bytes);
        var place = _start + Used;
        Used += RoundUp(bytes);
        if (!_isZeroed)
            NativeMemory.Clear(place, (nuint)RoundUp(bytes));
        return place;
    }

    /// <summary>Takes back what has been taken since <see cref="Used"/> was so many bytes, and is in nobody's use.</summary>
    internal void GiveBack(long used)
    {
        if (_isZeroed)
            NativeMemory.Clear(_start + used, (nuint)(Used - used));
        Used = used;
    }

    /// <summary>Makes sure that so many bytes are left.</summary>
    /// <exception cref="ArgumentException">There are not so many left.</exception>
    /// <exception cref="ObjectDisposedException">The arena has been disposed.</exception>
    internal void Require(long bytes)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (RoundUp(bytes) > Length - Used)
            throw new ArgumentException($"{RoundUp(bytes)} bytes are needed, but the arena has {Length - Used} left of {Length}.");
    }

    private static long RoundUp(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    [StructLayout(LayoutKind.Sequential, Size = Alignment)]
    private struct CacheLine;
}
