namespace NanoRnn.Aot.Tests;

/// <summary>What is in the published binaries, by the compiler's map.</summary>
[Collection(NativeGroup.Name)]
public sealed class ContentsTests(NativePrograms programs)
{
    /// <summary>Code that only training, files, or the table of layers need.</summary>
    private static readonly string[] NotForForecasts =
    [
        "NanoRnn_Trainer", "Recording", "Backward", "WeightGradient", "TrainingWorkspace", "OptimizerUpdate", "ModelInitializer",
        "ModelStorage", "SafeTensors", "ModelLayout",
    ];

    /// <summary>LINQ, and the loader of types that generic virtual methods such as LINQ's bring with them: a tenth of the binary.</summary>
    private static readonly string[] NotForAny = ["System_Linq", "Internal_Runtime_TypeLoader_TypeBuilder", "ModelSummary", "System_Console"];

    [SlowFact]
    public void ForecastsBringNoTraining()
    {
        Assert.Equal(["LstmStep"], Find(programs.Inference, ["LstmStep"]));
        Assert.Empty(Find(programs.Inference, NotForForecasts));

        // The names are right: where there is learning they are found.
        Assert.Equal(NotForForecasts, Find(programs.Edge[0], NotForForecasts));
    }

    [SlowFact]
    public void NothingBringsTheLoaderOfTypes()
    {
        foreach (var program in programs.Edge.Append(programs.Inference))
            Assert.Empty(Find(program, NotForAny));
    }

    [SlowFact]
    public void OtherWidthsAreLeftOut() => Assert.Equal(
        ["Vector256Kernels"],
        Find(programs.Edge.Single(program => program.Cpu == "v3"), ["ScalarKernels", "Vector128Kernels", "Vector256Kernels", "Vector512Kernels"]));

    private static IEnumerable<string> Find(NativeProgram program, string[] names) =>
        names.Where(name => program.Map.Contains(name, StringComparison.Ordinal));
}
