using System.Runtime.InteropServices;

namespace NanoRnn.Aot.Tests;

/// <summary>
/// A test of binaries for Linux on x64, which it publishes first. Runs when the environment variable NANORNN_SLOW_TESTS is 1 and there is a
/// linker.
/// </summary>
public sealed class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute() => Skip = SkipReason;

    /// <summary>Why such tests do not run here, or null.</summary>
    public static string? SkipReason { get; } =
        SlowTests.FindObstacle("Publishes binaries") is { } obstacle ? obstacle
        : !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 ? "Tests binaries for Linux on x64."
        : !IsOnPath("clang") && !IsOnPath("gcc") ? "NativeAOT links with clang or gcc; neither is on the path."
        : null;

    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
