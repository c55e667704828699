namespace NanoRnn.Package.Tests;

/// <summary>A test that builds packages and applications; runs when the environment variable NANORNN_SLOW_TESTS is 1.</summary>
public sealed class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute() => Skip = SlowTests.SkipReason;
}
