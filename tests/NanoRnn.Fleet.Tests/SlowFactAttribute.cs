namespace NanoRnn.Fleet.Tests;

/// <summary>A test of processes; runs when the environment variable NANORNN_SLOW_TESTS is 1, or for those of hours <c>all</c>.</summary>
public sealed class SlowFactAttribute : FactAttribute
{
    /// <param name="what">What it does.</param>
    /// <param name="isLong">Whether it runs with <c>all</c> alone.</param>
    public SlowFactAttribute(string what, bool isLong = false) => Skip =
        isLong && !SlowTests.All ? $"{what}, which takes minutes; set NANORNN_SLOW_TESTS=all to run it." : SlowTests.FindObstacle(what);
}
