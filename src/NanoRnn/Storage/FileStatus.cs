using System.Runtime.InteropServices;

namespace NanoRnn.Storage;

/// <summary>What Linux says of a path that .NET does not.</summary>
/// <param name="Kind">The bits of the mode that say what it is.</param>
/// <param name="Owner">Number of its user.</param>
/// <param name="Group">Number of its group.</param>
internal readonly partial record struct FileStatus(int Kind, uint Owner, uint Group)
{
    private const int KindBits = 0xF000;
    private const int Pipe = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int BlockDevice = 0x6000;
    private const int Socket = 0xC000;

    /// <summary>The status of what a path leads to; null where there is nothing, or where it cannot be asked for.</summary>
    public static FileStatus? Of(string path)
    {
        const int CurrentFolder = -100;
        const uint KindOwnerAndGroup = 0x1 | 0x8 | 0x10;
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return GetStatus(CurrentFolder, path, flags: 0, KindOwnerAndGroup, out var status) == 0
                ? new FileStatus(status.Mode & KindBits, status.Owner, status.Group)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call.
            return null;
        }
    }

    /// <summary>What is at a path instead of a file, with its article, or null. Pipes, devices and sockets are seen on Linux.</summary>
    public static string? FindOther(string path) => Directory.Exists(path) ? "a folder" : Of(path)?.Kind switch
    {
        Pipe => "a pipe",
        CharacterDevice or BlockDevice => "a device",
        Socket => "a socket",
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, out Fields fields);

    /// <summary>The fields of <c>struct statx</c> that are needed, which lie at the same places on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Fields
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
