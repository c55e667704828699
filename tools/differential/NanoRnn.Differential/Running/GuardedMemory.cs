using System.Runtime.InteropServices;

namespace NanoRnn.Differential.Running;

/// <summary>
/// Memory between two pages that nobody may touch: a read or write beyond its end, or before its start, ends the process. Where there is
/// no mmap it is memory like any other.
/// </summary>
internal sealed unsafe class GuardedMemory : IDisposable
{
    private const int ProtectNone = 0, ProtectReadWrite = 3, MapPrivate = 2;

    private readonly nuint _mapped;
    private readonly byte* _map;

    /// <param name="bytes">Their number.</param>
    /// <param name="atEnd">Whether they end where the page behind them begins, or begin where the page before them ends.</param>
    public GuardedMemory(long bytes, bool atEnd)
    {
        var page = (nuint)Environment.SystemPageSize;
        Length = bytes;
        if (!OperatingSystem.IsLinux())
        {
            Start = _map = (byte*)NativeMemory.AlignedAlloc((nuint)bytes + 1, MemoryArena.Alignment);
            return;
        }

        var inside = ((nuint)bytes + page - 1) / page * page;
        _mapped = inside + 2 * page;
        const int MapAnonymous = 0x20;
        _map = (byte*)Map(null, _mapped, ProtectReadWrite, MapPrivate | MapAnonymous, -1, 0);
        if (_map == (byte*)-1 || Protect(_map, page, ProtectNone) != 0 || Protect(_map + page + inside, page, ProtectNone) != 0)
            throw new InvalidOperationException($"No guarded memory of {bytes} bytes: error {Marshal.GetLastPInvokeError()}.");
        Start = atEnd ? _map + page + inside - bytes : _map + page;
    }

    public long Length { get; }

    public byte* Start { get; }

    /// <summary>All of it.</summary>
    public Span<T> Span<T>()
        where T : unmanaged => new(Start, (int)(Length / sizeof(T)));

    public void Dispose()
    {
        if (_mapped == 0)
            NativeMemory.AlignedFree(_map);
        else if (Unmap(_map, _mapped) != 0)
            throw new InvalidOperationException($"Guarded memory cannot be given back: error {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(void* address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static extern int Unmap(void* address, nuint length);
}
