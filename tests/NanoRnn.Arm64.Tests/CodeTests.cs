namespace NanoRnn.Arm64.Tests;

/// <summary>What the ARM64 code of the kernels is made of.</summary>
public class CodeTests
{
    private const string Kernels = "_Vector128Kernels__";
    private const string DotProduct = "LaneReduction__Dot";
    private static readonly string[] RecurrentLayers = ["SimpleRnn", "Lstm", "Gru", "CustomRnn"];

    /// <summary>Every model has its step kernels, and those of recurrent layers multiply and add four floats at a time.</summary>
    [Arm64Fact]
    public void RecurrentKernelsAreVectorMultiplyAdds()
    {
        var kernels = FindKernels("Step")
            .Where(kernel => RecurrentLayers.Any(layer => ShortName(kernel).Contains(Kernels + layer, StringComparison.Ordinal)))
            .ToList();
        foreach (var layer in RecurrentLayers)
            Assert.Contains(kernels, kernel => ShortName(kernel).Contains(Kernels + layer, StringComparison.Ordinal));
        Assert.Empty(kernels.Where(kernel => !kernel.Code.Any(instruction => instruction.IsVectorFma)).Select(ShortName));
    }

    /// <summary>Dense layers with few outputs are dot products.</summary>
    [Arm64Fact]
    public void DenseKernelsAreVectorMultiplyAddsOrDotProducts()
    {
        var dot = Assert.Single(Functions, function => function.Name.EndsWith(DotProduct, StringComparison.Ordinal));
        Assert.Contains(dot.Code, instruction => instruction.IsVectorFma);
        var kernels = FindKernels("Step").Where(kernel => ShortName(kernel).Contains(Kernels + "Dense", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(kernels);
        Assert.Empty(kernels
            .Where(kernel => !kernel.Code.Any(instruction => instruction.IsVectorFma || instruction.Symbol.EndsWith(DotProduct, StringComparison.Ordinal)))
            .Select(ShortName));
    }

    [Arm64Fact]
    public void StepKernelsCallNothingButDotProductsAndSoftmax()
    {
        var kernels = FindKernels("Step");
        Assert.True(kernels.Count > 20);
        Assert.DoesNotContain(CallsOf(kernels), call =>
            !call.EndsWith(DotProduct, StringComparison.Ordinal) && !call.EndsWith("Softmax", StringComparison.Ordinal));
    }

    [Arm64Fact]
    public void NothingIsAnEndlessLoop() => Assert.Empty(EndlessLoops.In(Functions));

    private static IReadOnlyList<NativeFunction> Functions => Arm64Program.Digests.Value.Functions;

    /// <summary>Kernels of one kind, such as <c>…_Forecaster_Vector128Kernels__LstmStep&lt;…Predicting&gt;</c>.</summary>
    private static List<NativeFunction> FindKernels(string kind) =>
        [.. Functions.Where(function => function.Name.Contains(Kernels, StringComparison.Ordinal) && function.Name.Contains(kind + "<", StringComparison.Ordinal))];

    private static IEnumerable<string> CallsOf(IEnumerable<NativeFunction> kernels) => kernels
        .SelectMany(kernel => kernel.Code.Where(instruction => instruction.IsCall).Select(call => $"{ShortName(kernel)} calls {call.Symbol}"))
        .Distinct();

    private static string ShortName(NativeFunction kernel) => kernel.Name.Replace("NanoRnn_Arm64_Host_NanoRnn_Behaviour_", "", StringComparison.Ordinal);
}
