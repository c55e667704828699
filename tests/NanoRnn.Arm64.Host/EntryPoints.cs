using System.Runtime.InteropServices;
using NanoRnn.Behaviour;

namespace NanoRnn.Arm64;

/// <summary>Functions that a C program can call.</summary>
internal static unsafe class EntryPoints
{
    /// <summary>Makes the digests.</summary>
    /// <param name="writeLine">Takes the UTF-16 units of a line, all of them ASCII, and their number.</param>
    [UnmanagedCallersOnly(EntryPoint = "write_digests")]
    public static void WriteDigests(delegate* unmanaged<char*, int, void> writeLine) => BitDigests.Print(line =>
    {
        fixed (char* units = line)
            writeLine(units, line.Length);
    });
}
