using NanoRnn.Tests.Shared;

namespace NanoRnn.Samples.Tests;

/// <summary>A test that takes minutes; runs when the environment variable NANORNN_SLOW_TESTS is 1.</summary>
public sealed class SlowFactAttribute : FactAttribute
{
    /// <param name="what">What it does.</param>
    public SlowFactAttribute(string what) => Skip = SlowTests.FindObstacle(what);
}
