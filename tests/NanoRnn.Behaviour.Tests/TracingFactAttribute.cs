using System.Diagnostics;

namespace NanoRnn.Behaviour.Tests;

/// <summary>A test that watches system calls; it needs strace, and a system that lets it watch.</summary>
public sealed class TracingFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/strace";

    private static readonly string? Obstacle = FindObstacle();

    public TracingFactAttribute() => Skip = Obstacle;

    private static string? FindObstacle()
    {
        if (!File.Exists(Program))
            return "Watches system calls, which needs strace (apt-get install strace).";
        using var process = Process.Start(new ProcessStartInfo(Program, ["-o", "/dev/null", "/bin/true"]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"Watches system calls, which this system does not allow: {error.Trim()}";
    }
}
