using NanoRnn.Tests.Shared;

namespace NanoRnn.Samples.Tests;

/// <summary>A test that trains a sample with several seeds; runs when the environment variable NANORNN_SLOW_TESTS is 1.</summary>
public sealed class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute() => Skip = SlowTests.FindObstacle("Trains with five seeds");
}
