namespace NanoRnn.Tests.Shared;

/// <summary>Whether tests that publish, pack or emulate run: when the environment variable NANORNN_SLOW_TESTS is 1.</summary>
internal static class SlowTests
{
    public static bool Run { get; } = Environment.GetEnvironmentVariable("NANORNN_SLOW_TESTS") is "1" or "all";

    /// <summary>Whether searches go as far as they ever do, which takes hours: when it is <c>all</c>.</summary>
    public static bool All { get; } = Environment.GetEnvironmentVariable("NANORNN_SLOW_TESTS") == "all";

    /// <summary>Why they do not run, or null.</summary>
    /// <param name="what">What they do.</param>
    /// <param name="isSlowest">Whether they run with <c>all</c> alone.</param>
    public static string? FindObstacle(string what, bool isSlowest = false) =>
        (isSlowest ? All : Run) ? null : $"{what}, which takes minutes; set NANORNN_SLOW_TESTS={(isSlowest ? "all" : "1")} to run it.";
}
