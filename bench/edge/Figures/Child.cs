using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Figures;

/// <summary>Runs a program that reads standard input, with as little between it and the clock as can be.</summary>
internal static partial class Child
{
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;

    // Larger than the structure of any C library.
    private const int FileActionsSize = 512;

    /// <summary>Time from before the start to after the end of a process that reads a file and writes to nowhere.</summary>
    public static TimeSpan Time(string program, string inputFile)
    {
        var actions = new byte[FileActionsSize];
        Check(InitFileActions(actions));
        Check(AddOpen(actions, 0, inputFile, ReadOnly, 0));
        Check(AddOpen(actions, 1, "/dev/null", WriteOnly, 0));
        var start = Stopwatch.GetTimestamp();
        Check(Spawn(out var process, program, actions, 0, [program, null], [null]));
        if (WaitForProcess(process, out var status, 0) != process || status != 0)
            throw new InvalidOperationException($"{program} ended with status {status}.");
        var elapsed = Stopwatch.GetElapsedTime(start);
        Check(DestroyFileActions(actions));
        return elapsed;
    }

    /// <summary>Peak memory of a program in kilobytes, as the kernel says while it waits for more than some lines.</summary>
    public static int PeakKilobytes(string program, IEnumerable<string> lines)
    {
        using var process = Process.Start(new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        foreach (var line in lines)
        {
            process.StandardInput.Write(line + "\n");
            process.StandardInput.Flush();
            process.StandardOutput.ReadLine();
        }

        var peak = Regex.Match(File.ReadAllText($"/proc/{process.Id}/status"), @"^VmHWM:\s+(\d+) kB$", RegexOptions.Multiline).Groups[1].Value;
        process.StandardInput.Close();
        process.WaitForExit();
        return int.Parse(peak, CultureInfo.InvariantCulture);
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException(Marshal.GetPInvokeErrorMessage(error));
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitFileActions(byte[] actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(byte[] actions, int file, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyFileActions(byte[] actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int process, string path, byte[] actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitForProcess(int process, out int status, int options);
}
