using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NanoRnn.Storage;

/// <summary>Replaces a file as a whole.</summary>
internal static partial class AtomicFile
{
    /// <summary>
    /// Writes a temporary file in the folder of the file that the path leads to, flushes it to disk, renames it and flushes the folder: a crash
    /// at any moment leaves the old file or the new one, and after the call it is the new one. The old file's mode stays, and its owner if the
    /// process may give files away. On failure the temporary file is removed.
    /// </summary>
    /// <exception cref="IOException">What is there is no file, or it cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var target = SymbolicLink.Resolve(Path.GetFullPath(path));
        if (FileStatus.FindOther(target) is { } other)
            throw new IOException($"{path}: expected a file or nothing, found {other}; nothing was written.");
        var folder = Path.GetDirectoryName(target)!;

        // A short name of its own: the target's may be as long as the system allows.
        var temporary = Path.Join(folder, $"nanornn-{Path.GetRandomFileName()}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        var replaces = File.Exists(target);
        if (!OperatingSystem.IsWindows() && replaces)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(bytes);
                if (!OperatingSystem.IsWindows() && replaces)
                    CopyOwnerAndMode(target, stream.SafeFileHandle);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }

        FolderSync.Run(folder);
    }

    [UnsupportedOSPlatform("windows")]
    private static void CopyOwnerAndMode(string from, SafeFileHandle to)
    {
        // Where the owner cannot be kept, the file is the writer's, as any that it makes. A change of owner resets parts of the mode.
        if (Environment.IsPrivilegedProcess && FileStatus.Of(from) is { } status)
            _ = ChangeOwner(to, status.Owner, status.Group);
        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    // The first failure is the one to report.
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int ChangeOwner(SafeFileHandle file, uint owner, uint group);
}
