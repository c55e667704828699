namespace NanoRnn.Arm64.Report;

/// <summary>What a real core does at most in a cycle. bench/README.md has the sources.</summary>
/// <param name="Name">What llvm-mca calls it.</param>
/// <param name="Instructions">Instructions.</param>
/// <param name="Fmas">Multiply-adds of four floats.</param>
/// <param name="LoadedBytes">Bytes that vector loads get from the first cache.</param>
/// <param name="OldModel">The core that an llvm-mca without a model of this one takes for it.</param>
internal sealed record Core(string Name, double Instructions, double Fmas, double LoadedBytes, string? OldModel = null)
{
    /// <remarks>The Neoverse N1 is the A76 for servers. Newer LLVMs know its pipelines; for the A76 all of them have those of the Cortex-A57.</remarks>
    public static readonly IReadOnlyList<Core> All =
    [
        new("cortex-a76", Instructions: 4, Fmas: 2, LoadedBytes: 32),
        new("neoverse-n1", Instructions: 4, Fmas: 2, LoadedBytes: 32, OldModel: "cortex-a76"),
        new("cortex-a53", Instructions: 2, Fmas: 1, LoadedBytes: 8),
    ];
}
