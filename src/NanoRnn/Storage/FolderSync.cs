using System.Runtime.InteropServices;

namespace NanoRnn.Storage;

/// <summary>Makes a folder's names durable.</summary>
internal static partial class FolderSync
{
    /// <summary>Waits until the names in a folder are on the disk, where the system can be asked for it.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Run(string folder)
    {
        const int ReadOnly = 0;
        const int InputOutputError = 5;
        if (OperatingSystem.IsWindows())
            return;

        // Not every folder may be read, and not every file system can do it: the file is there all the same.
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            return;
        var isDiskBroken = Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() == InputOutputError;
        _ = Close(descriptor);
        if (isDiskBroken)
            throw new IOException($"{folder}: the new file's name may not be on the disk (input/output error).");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
