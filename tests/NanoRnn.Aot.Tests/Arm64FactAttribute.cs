namespace NanoRnn.Aot.Tests;

/// <summary>A test of a binary for ARM64 under emulation, for which a cross compiler and qemu have to be there too.</summary>
public sealed class Arm64FactAttribute : FactAttribute
{
    public Arm64FactAttribute() => Skip = SkipReason;

    /// <summary>Why such tests do not run here, or null.</summary>
    public static string? SkipReason { get; } = SlowFactAttribute.SkipReason ?? FindMissing();

    private static string? FindMissing()
    {
        (string Program, string Package)[] needed =
        [
            ("clang", "clang"), ("llvm-objcopy", "llvm"), ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"),
            ("qemu-aarch64-static", "qemu-user-static"),
        ];
        var missing = needed.Where(tool => !SlowFactAttribute.IsOnPath(tool.Program)).Select(tool => $"{tool.Program} (package {tool.Package})").ToArray();
        return missing.Length == 0 ? null : $"Not on the path: {string.Join(", ", missing)}.";
    }
}
