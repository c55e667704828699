using System.Runtime.InteropServices;

namespace Edge;

/// <summary>Standard input, output and error by the calls of the operating system, which allocate nothing; for Linux and macOS.</summary>
/// <remarks>
/// Console makes a tenth of a binary of this size and would start threads for the terminal. A FileStream keeps a position of its own and
/// would overwrite what another process has written to the same file.
/// </remarks>
internal static partial class StandardStream
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    private const int Interrupted = 4;

    /// <summary>Reads what there is, after waiting for the first byte.</summary>
    /// <returns>The number of bytes; 0 at the end.</returns>
    public static int Read(int stream, Span<byte> buffer)
    {
        while (true)
        {
            var count = Read(stream, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (count >= 0)
                return (int)count;
            ThrowUnlessInterrupted("read standard input");
        }
    }

    /// <summary>Writes all bytes.</summary>
    public static void Write(int stream, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Write(stream, ref MemoryMarshal.GetReference(bytes), bytes.Length);
            if (count >= 0)
                bytes = bytes[(int)count..];
            else
                ThrowUnlessInterrupted(stream == Output ? "write to standard output" : "write to standard error");
        }
    }

    private static void ThrowUnlessInterrupted(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error != Interrupted)
            throw new IOException($"Cannot {what}: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int stream, ref byte buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int stream, ref readonly byte bytes, nint length);
}
