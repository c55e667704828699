using NanoRnn.Tests.Shared;

namespace NanoRnn.Instructions.Tests;

/// <summary>A test that compiles the library for other processors; runs when the environment variable NANORNN_SLOW_TESTS is 1.</summary>
public sealed class SlowTheoryAttribute : TheoryAttribute
{
    public SlowTheoryAttribute() => Skip = SlowTests.FindObstacle("Compiles the library for other processors and runs it");
}
