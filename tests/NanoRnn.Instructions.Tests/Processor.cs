namespace NanoRnn.Instructions.Tests;

/// <summary>A processor that this one need not be: what the library asks it, and instructions that are computed plainly.</summary>
/// <param name="Width">Bits of the kernels that it runs.</param>
/// <param name="Answers">The questions in the sources, and its answers.</param>
/// <param name="Instructions">Calls of its instructions in the runtime.</param>
internal sealed record Processor(int Width, IReadOnlyDictionary<string, bool> Answers, IReadOnlyList<string> Instructions)
{
    private const string Is512 = "Vector512.IsHardwareAccelerated";
    private const string Is256 = "Vector256.IsHardwareAccelerated";
    private const string Is128 = "Vector128.IsHardwareAccelerated";

    public static IReadOnlyDictionary<string, Processor> All { get; } = new Dictionary<string, Processor>
    {
        ["AVX-512"] = new(
            512,
            new Dictionary<string, bool> { [Is512] = true, ["Avx512BW.IsSupported"] = true },
            ["Avx512BW.MultiplyAddAdjacent"]),
        ["AVX-VNNI"] = new(
            256,
            new Dictionary<string, bool> { [Is512] = false, [Is256] = true, ["Avx512BW.IsSupported"] = false, ["AvxVnni.IsSupported"] = true },
            ["AvxVnni.MultiplyWideningAndAdd"]),
        ["ARM64 with dot products"] = new(
            128,
            new Dictionary<string, bool>
            {
                [Is512] = false, [Is256] = false, [Is128] = true, ["Avx512BW.IsSupported"] = false, ["AvxVnni.IsSupported"] = false,
                ["Avx2.IsSupported"] = false, ["Sse2.IsSupported"] = false, ["Sse3.IsSupported"] = false, ["Sse.IsSupported"] = false,
                ["AdvSimd.Arm64.IsSupported"] = true, ["Dp.IsSupported"] = true,
            },
            ["Dp.DotProduct", "AdvSimd.Arm64.AddPairwise", "AdvSimd.Arm64.ZipLow", "AdvSimd.Arm64.ZipHigh"]),
    };

    /// <summary>Sources with the processor's answers and plain instructions. All of them must be there, or the processor would not be this one.</summary>
    public IReadOnlyList<string> Rewrite(IEnumerable<string> sources)
    {
        var texts = sources.ToArray();
        foreach (var (question, answer) in Answers)
            Replace(question, answer ? "true" : "false");
        foreach (var instruction in Instructions)
            Replace(instruction + "(", $"SoftwareInstructions{instruction[instruction.LastIndexOf('.')..]}(");
        return texts;

        void Replace(string old, string replacement)
        {
            Assert.Contains(texts, text => text.Contains(old, StringComparison.Ordinal));
            texts = Array.ConvertAll(texts, text => text.Replace(old, replacement, StringComparison.Ordinal));
        }
    }

    /// <summary>Generated sources: they ask for widths alone, by their full names.</summary>
    public string RewriteGenerated(string source) => Answers.Aggregate(
        source,
        (text, item) => text.Replace($"global::System.Runtime.Intrinsics.{item.Key}", item.Value ? "true" : "false", StringComparison.Ordinal));
}
