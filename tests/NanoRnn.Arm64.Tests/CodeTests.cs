using System.Text.RegularExpressions;

namespace NanoRnn.Arm64.Tests;

/// <summary>
/// What the ARM64 code of the kernels is made of. A layer has a kernel for one sequence (<c>LstmStep</c>), one for several
/// (<c>LstmRows</c>), and those that this one calls for four sequences and some of the units (<c>LstmTile0</c>, …).
/// </summary>
public partial class CodeTests
{
    private const string DotProduct = "LaneReduction__Dot";
    private static readonly string[] RecurrentLayers = ["SimpleRnn", "Lstm", "Gru", "CustomRnn"];

    private static readonly Lazy<List<(Match Kernel, NativeFunction Function)>> LazyKernels = new(() =>
    [
        .. Arm64Program.Digests.Value.Functions.Select(function => (KernelName().Match(function.Name), function)).Where(pair => pair.Item1.Success),
    ]);

    /// <summary>Kernels of recurrent layers multiply and add four floats at a time.</summary>
    [Arm64Fact]
    public void RecurrentKernelsAreVectorMultiplyAdds()
    {
        foreach (var layer in RecurrentLayers)
        {
            AssertAll(Find("Step", layer), instruction => instruction.IsVectorFma);
            AssertAll(Find("Tile", layer), instruction => instruction.IsVectorFma);
        }
    }

    /// <summary>Dense layers with few outputs are dot products.</summary>
    [Arm64Fact]
    public void DenseKernelsAreVectorMultiplyAddsOrDotProducts()
    {
        var dot = Assert.Single(Arm64Program.Digests.Value.Functions, function => function.Name.EndsWith(DotProduct, StringComparison.Ordinal));
        Assert.Contains(dot.Code, instruction => instruction.IsVectorFma);
        AssertAll(Find("Step", "Dense"), instruction => instruction.IsVectorFma || instruction.Symbol.EndsWith(DotProduct, StringComparison.Ordinal));
        AssertAll(Find("Tile", "Dense"), instruction => instruction.IsVectorFma);
    }

    [Arm64Fact]
    public void StepKernelsCallNothingButDotProductsAndSoftmax() => AssertCalls("Step", $"({DotProduct}|Softmax)$");

    /// <summary>Whatever a tile calls was not inlined, and takes longer than what it computes. One model's function is too large for that.</summary>
    [Arm64Fact]
    public void TilesCallNothing() => AssertCalls("Tile", "(?!)", except: "OwnFunctions_Vector128Kernels__DenseTile0<");

    [Arm64Fact]
    public void KernelsForSeveralSequencesCallOtherKernels() => AssertCalls("Rows", @"Softmax$|Vector128Kernels__\w+(Step|Tile\d+)<");

    [Arm64Fact]
    public void NothingIsAnEndlessLoop() => Assert.Empty(EndlessLoops.In(Arm64Program.Digests.Value.Functions));

    private static void AssertCalls(string kind, string allowed, string? except = null)
    {
        var kernels = Find(kind).Select(kernel => kernel.Function).ToList();
        Assert.True(kernels.Count > 20);
        var calls = kernels
            .Where(kernel => except is null || !kernel.Name.Contains(except, StringComparison.Ordinal))
            .SelectMany(kernel => kernel.Code.Where(instruction => instruction.IsCall).Select(call => (kernel.Name, Callee: call.Symbol)));
        Assert.Empty(calls.Where(call => !Regex.IsMatch(call.Callee, allowed)).Select(call => $"{call.Name} calls {call.Callee}").Distinct());
    }

    private static void AssertAll(IEnumerable<(Match Kernel, NativeFunction Function)> kernels, Func<Instruction, bool> has)
    {
        var found = kernels.Select(kernel => kernel.Function).ToList();
        Assert.NotEmpty(found);
        Assert.Empty(found.Where(kernel => !kernel.Code.Any(has)).Select(kernel => kernel.Name));
    }

    private static IEnumerable<(Match Kernel, NativeFunction Function)> Find(string kind, string layer = "") => LazyKernels.Value.Where(
        pair => pair.Kernel.Groups["kind"].Value == kind && pair.Kernel.Groups["layer"].Value.StartsWith(layer, StringComparison.Ordinal));

    /// <summary>Such as <c>…_Forecaster_Vector128Kernels__LstmStep&lt;…Predicting&gt;</c>.</summary>
    [GeneratedRegex(@"_Vector128Kernels__(?<layer>\w+?)(?<kind>Step|Rows|Tile)\d*<")]
    private static partial Regex KernelName();
}
