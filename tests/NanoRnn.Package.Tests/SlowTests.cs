namespace NanoRnn.Package.Tests;

/// <summary>Whether this run has time for slow tests.</summary>
internal static class SlowTests
{
    public static bool Run => Environment.GetEnvironmentVariable("NANORNN_SLOW_TESTS") == "1";

    public static string? SkipReason => Run ? null : "Builds packages and applications, which takes minutes; set NANORNN_SLOW_TESTS=1 to run it.";
}
