using NanoRnn.Tests.Shared;

namespace NanoRnn.Samples.Tests;

/// <summary>A test that takes minutes; runs when the environment variable NANORNN_SLOW_TESTS is 1, or <c>all</c>.</summary>
public sealed class SlowFactAttribute : FactAttribute
{
    /// <param name="what">What it does.</param>
    /// <param name="isSlowest">Whether with <c>all</c> alone.</param>
    public SlowFactAttribute(string what = "Trains with five seeds", bool isSlowest = false) => Skip = SlowTests.FindObstacle(what, isSlowest);
}
