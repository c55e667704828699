namespace NanoRnn.Package.Tests;

/// <inheritdoc cref="SlowFactAttribute"/>
public sealed class SlowTheoryAttribute : TheoryAttribute
{
    public SlowTheoryAttribute() => Skip = SlowTests.FindObstacle("Builds packages and applications");
}
