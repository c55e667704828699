using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Files of weights are read when they change, and at no other time.</summary>
public sealed class WeightsIncrementalTests : IDisposable
{
    private const string Model = """
        using NanoRnn;
        [RnnModel(InputSize = 1, Weights = "weights.safetensors"), Dense(1)]
        partial class Model;
        """;

    private const string Unrelated = "class Unrelated { int Number() => 1; }";

    private static readonly DateTime Time = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("int Number() => 2;", "")]
    [InlineData("", "// moved\n")]
    public void EditOfSourceReadsNothingAgain(string unrelated, string before)
    {
        var driver = Run(CreateDriver(Write(1)), Model, Unrelated);
        var generated = Text(driver);

        // Whoever read the file now would find it gone.
        File.Delete(FilePath);
        driver = Run(driver, before + Model, Unrelated + $"class Other {{ {unrelated} }}");
        var result = Result(driver);
        Assert.Empty(result.Diagnostics);
        Assert.All(Reasons(result, PretrainedPipeline.Step), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(
            result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.Same(generated, Text(driver));
    }

    [Fact]
    public void FileThatIsAnnouncedButNotChangedIsNotReadAgain()
    {
        var file = Write(1);
        var driver = Run(CreateDriver(file), Model);
        var generated = Text(driver);
        driver = Run(driver.ReplaceAdditionalText(file, new WeightsText(FilePath)), Model);
        Assert.All(Reasons(Result(driver), PretrainedPipeline.Step), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Same(generated, Text(driver));
    }

    [Fact]
    public void ChangedFileIsReadAgainAndNothingElseIsGenerated()
    {
        var file = Write(1);
        var driver = Run(CreateDriver(file), Model);
        var before = Result(driver).GeneratedSources;
        driver = Run(driver.ReplaceAdditionalText(file, Write(2)), Model);
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(Result(driver), PretrainedPipeline.Step));
        foreach (var (old, @new) in before.Zip(Result(driver).GeneratedSources))
            Assert.Equal(old.HintName != "Model.Weights.g.cs", ReferenceEquals(old.SourceText, @new.SourceText));
    }

    [Fact]
    public void FileThatWasOnlyTouchedGeneratesNothing()
    {
        var file = Write(1);
        var driver = Run(CreateDriver(file), Model);
        var generated = Text(driver);
        File.SetLastWriteTimeUtc(FilePath, Time.AddYears(1));
        driver = Run(driver.ReplaceAdditionalText(file, new WeightsText(FilePath)), Model);
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(Result(driver), PretrainedPipeline.Step));
        Assert.Same(generated, Text(driver));
    }

    [Fact]
    public void MistakeMovesWithTheModelAndGoesWhenTheFileComes()
    {
        var driver = Run(CreateDriver(), Model);
        Assert.Equal(1, LineOf(driver));
        driver = Run(driver, "// moved\n" + Model);
        Assert.Equal(2, LineOf(driver));
        Assert.All(
            Reasons(Result(driver), PretrainedPipeline.Step), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        driver = Run(driver.AddAdditionalTexts([Write(1)]), Model);
        Assert.Empty(Result(driver).Diagnostics);
        Assert.NotNull(Text(driver));

        static int LineOf(GeneratorDriver driver) => Assert.Single(Result(driver).Diagnostics).Location.GetLineSpan().StartLinePosition.Line;
    }

    [Fact]
    public void NothingOfTheCompilationIsKept()
    {
        var wrong = Model.Replace("Model;", "Wrong;", StringComparison.Ordinal).Replace("weights.", "none.", StringComparison.Ordinal);
        var result = Result(Run(CreateDriver(Write(1)), Model, wrong));
        var values = result.TrackedSteps[PretrainedPipeline.Step].SelectMany(step => step.Outputs).Select(output => output.Value).ToList();
        Assert.Equal(2, values.Count);
        Assert.All(values, value => Assert.Null(ObjectGraph.FindBanned(value)));
    }

    private string FilePath => Path.Combine(_folder.FullName, "weights.safetensors");

    private static GeneratorDriver CreateDriver(params AdditionalText[] files) => Generation.CreateDriver(additionalFiles: files);

    private static GeneratorDriver Run(GeneratorDriver driver, params string[] sources) => driver.RunGenerators(Generation.Compile(sources));

    private static GeneratorRunResult Result(GeneratorDriver driver) => Assert.Single(driver.GetRunResult().Results);

    private static Microsoft.CodeAnalysis.Text.SourceText Text(GeneratorDriver driver) =>
        Assert.Single(Result(driver).GeneratedSources, source => source.HintName == "Model.Weights.g.cs").SourceText;

    private static List<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        [.. result.TrackedSteps[step].SelectMany(item => item.Outputs).Select(output => output.Reason)];

    /// <summary>Files with other weights have other times, as they have on a disk.</summary>
    private WeightsText Write(int weight)
    {
        var text = WeightsText.Write(FilePath, ("dense.kernel", [1, 1], [weight]), ("dense.bias", [1], [0]));
        File.SetLastWriteTimeUtc(FilePath, Time.AddDays(weight));
        return text;
    }
}
