namespace NanoRnn.Arm64.Tests;

/// <summary>A test that makes ARM64 code; skipped, with the reason, where that is not asked for or not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Arm64FactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Obstacle = new(Toolchain.FindObstacle);

    public Arm64FactAttribute() => Skip = Obstacle.Value;
}
