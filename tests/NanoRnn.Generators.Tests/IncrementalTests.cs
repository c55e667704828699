using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Between two keystrokes, only what changed is generated again, and nothing of a compilation is kept alive.</summary>
public sealed class IncrementalTests
{
    private const string First = """
        using NanoRnn;
        namespace App;
        /// <summary>Looks ahead.</summary>
        [RnnModel(InputSize = 2)]
        [Lstm(4, ReturnSequences = true), Gru(3)]
        [Dense(1)] // head
        public sealed partial class Forecaster
        {
            /// <summary>The user's own.</summary>
            public int Answer() => 42;
        }
        """;

    private const string Second = """
        using NanoRnn;
        [RnnModel(InputSize = 1), SimpleRnn(5), Dense(1, Activation = Activation.Softmax)]
        sealed partial class Other;
        """;

    private const string Unrelated = "class Unrelated { int Number() => 1; }";

    [Theory]
    [InlineData("unrelated file", Unrelated, "Number() => 1", "Number() => 2")]
    [InlineData("body of a method", First, "=> 42", "=> 43")]
    [InlineData("new member", First, "public int Answer", "private int _question; /// <summary>Own.</summary>\n public int Answer")]
    [InlineData("comment before", First, "namespace App;", "namespace App; // a comment\n\n\n")]
    [InlineData("comment between attributes", First, "[Dense(1)] // head", "/* the head */\n[Dense(units: 1)]")]
    [InlineData("documentation", First, "Looks ahead.", "Looks far ahead.")]
    [InlineData("line endings", First, "\n", "\r\n")]
    public void EditThatDoesNotConcernTheModelGeneratesNothing(string edit, string file, string from, string to)
    {
        Assert.Contains(from, file, StringComparison.Ordinal);
        var run = RunTwice([First, Unrelated], file, file.Replace(from, to, StringComparison.Ordinal));
        AssertCached(run, RnnModelGenerator.ParsedStep, edit);
        AssertCached(run, RnnModelGenerator.ModelsStep, edit);
        Assert.All(Outputs(run.TrackedOutputSteps), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void ModelWithAWarningIsNotGeneratedAgainWhenItOnlyMoves()
    {
        var run = RunTwice([First, Second], Second, "// moved\n" + Second);
        AssertCached(run, RnnModelGenerator.ModelsStep, "a comment");
        Assert.Contains(IncrementalStepRunReason.Modified, Outputs(run.TrackedSteps[RnnModelGenerator.DiagnosticsStep]));
    }

    /// <summary>What is said of a budget is said where the model's attribute has moved to; the model is not planned again for it.</summary>
    [Fact]
    public void ModelOverBudgetIsNotGeneratedAgainWhenItOnlyMoves()
    {
        const string Budget = "using NanoRnn; [RnnModel(InputSize = 1, MemoryBudget = 100), Lstm(4)] sealed partial class Large;";
        var run = RunTwice([First, Budget], Budget, "// moved\n" + Budget);
        AssertCached(run, RnnModelGenerator.ModelsStep, "a comment");
        AssertCached(run, RnnModelGenerator.CompiledStep, "a comment");
        Assert.Equal(1, Assert.Single(run.Diagnostics).Location.GetLineSpan().StartLinePosition.Line);
    }

    /// <summary>A model that takes a constant of another one is read again for every compilation, and as long as that gives the same nothing more is done.</summary>
    [Fact]
    public void ModelThatNeedsAnotherIsGeneratedAgainWhenThatChanges()
    {
        const string Needs = "using NanoRnn; [RnnModel(InputSize = App.Forecaster.OutputSize), Lstm(4)] sealed partial class Needs;";
        var run = RunTwice([First, Needs], First, First.Replace("=> 42", "=> 43", StringComparison.Ordinal));
        AssertCached(run, RnnModelGenerator.ModelsStep, "the body of a method");
        Assert.All(Outputs(run.TrackedOutputSteps), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        run = RunTwice([First, Needs], First, First.Replace("[Dense(1)]", "[Dense(7)]", StringComparison.Ordinal));
        Assert.Contains(
            "public const int InputSize = 7;",
            run.GeneratedSources.Single(source => source.HintName == "Needs.g.cs").SourceText.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheChangedModelIsGeneratedAgain()
    {
        var before = Run(Generation.CreateDriver(), [First, Second]);
        var after = Run(before, [First, Second.Replace("SimpleRnn(5)", "SimpleRnn(6)", StringComparison.Ordinal)]);
        var models = Result(after).TrackedSteps[RnnModelGenerator.ModelsStep];
        Assert.Equal(
            [("Forecaster", true), ("Other", false)],
            models.SelectMany(step => step.Outputs)
                .Select(output => (((ModelSpec)output.Value).Type.DisplayName, IsCached(output.Reason)))
                .Order());

        var (old, @new) = (Texts(before), Texts(after));
        Assert.Equal(old.Keys, @new.Keys);
        foreach (var (name, text) in @new)
            Assert.Equal(name.Contains("Forecaster", StringComparison.Ordinal), ReferenceEquals(text, old[name]));
    }

    private const string WithFunction = """
        using System;
        using NanoRnn;
        [RnnModel(InputSize = 1), CustomRnn(typeof(Cells), "Leaky", 4), Dense(2, ActivationMethod = nameof(Bent.Bend))]
        sealed partial class Bent : Bends
        {
            /// <summary>Around one and a half.</summary>
            private static float Bend(float x) => Half(x) * 1.5f;
        }
        """;

    private const string OtherPart = """
        static class Cells
        {
            [NanoRnn.Cell]
            public static NanoRnn.CellDefinition Leaky(NanoRnn.CellBuilder cell)
            {
                var h = cell.Previous("h");
                return cell.Build((h, 0.75f * h + cell.Apply(Bends.Twice, cell.Affine("x", h, useBias: false)) * cell.Weight("scale")));
            }
        }
        partial class Bent { private static float Half(float x) { var half = x * 0.5f; return half; } }
        class Bends { protected const float Unused = 3; public static float Twice(float x) => 2 * x; }
        """;

    /// <summary>A function's body is a part of the model, wherever it is.</summary>
    [Theory]
    [InlineData(WithFunction, "* 1.5f", "* 2.5f")]
    [InlineData(WithFunction, "Half(x)", "MathF.Tanh(x)")]
    [InlineData(OtherPart, "0.5f", "0.25f")]
    [InlineData(OtherPart, "var half = x * 0.5f;", "var half = x * 0.5f; if (x > 1) return 1;")]
    [InlineData(OtherPart, "0.75f", "0.5f")]
    [InlineData(OtherPart, "2 * x", "3 * x")]
    public void EditOfAFunctionGeneratesTheModelAgain(string file, string from, string to)
    {
        Assert.Contains(from, file, StringComparison.Ordinal);
        var before = Run(Generation.CreateDriver(), [WithFunction, OtherPart]);
        var edited = file.Replace(from, to, StringComparison.Ordinal);
        var after = Run(before, file == WithFunction ? [edited, OtherPart] : [WithFunction, edited]);
        Assert.NotEqual(Texts(before)["Bent.ScalarKernels.g.cs"].ToString(), Texts(after)["Bent.ScalarKernels.g.cs"].ToString());
        var models = Outputs(Result(after).TrackedSteps[RnnModelGenerator.ModelsStep]);
        Assert.Equal([IncrementalStepRunReason.Modified], models);
    }

    [Theory]
    [InlineData(WithFunction, "one and a half", "a half")]
    [InlineData(WithFunction, "=> Half(x) * 1.5f;", "\n { /* halved */ return (Half(x)) * (3 / 2f); }")]
    [InlineData(OtherPart, "Unused = 3", "Unused = 4")]
    [InlineData(OtherPart, "var half", "float half")]
    public void EditThatLeavesAFunctionAsItIsGeneratesNothing(string file, string from, string to)
    {
        Assert.Contains(from, file, StringComparison.Ordinal);
        var run = RunTwice([WithFunction, OtherPart], file, file.Replace(from, to, StringComparison.Ordinal));
        AssertCached(run, RnnModelGenerator.ModelsStep, to);
        Assert.All(Outputs(run.TrackedOutputSteps), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void RemovedModelLosesItsFiles()
    {
        var before = Run(Generation.CreateDriver(), [First, Second]);
        var after = Texts(Run(before, [First, Unrelated]));
        Assert.NotEmpty(after);
        Assert.All(after.Keys, name => Assert.StartsWith("App.Forecaster.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void NothingOfTheCompilationIsKept()
    {
        const string Mistakes = """
            using NanoRnn;
            [RnnModel(InputSize = 0)] class Wrong;
            [RnnModel(InputSize = 1, MemoryBudget = 100), Lstm(4)] sealed partial class Large;
            """;
        var steps = Result(Run(Generation.CreateDriver(), [First, Second, Mistakes, WithFunction, OtherPart])).TrackedSteps;
        string[] names = [RnnModelGenerator.ParsedStep, RnnModelGenerator.ModelsStep, RnnModelGenerator.DiagnosticsStep, RnnModelGenerator.CompiledStep];
        foreach (var name in names)
        {
            var values = steps[name].SelectMany(step => step.Outputs).Select(output => output.Value).ToList();
            Assert.NotEmpty(values);
            Assert.All(values, value => Assert.Null(ObjectGraph.FindBanned(value)));
        }
    }

    [Fact]
    public void WalkFindsWhatIsBanned()
    {
        var compilation = Generation.Compile(First);
        Assert.NotNull(ObjectGraph.FindBanned(compilation));
        Assert.NotNull(ObjectGraph.FindBanned(new Holder(compilation.SyntaxTrees[0].GetRoot().GetLocation())));
        Assert.NotNull(ObjectGraph.FindBanned(new Holder(compilation.GetTypeByMetadataName("App.Forecaster")!)));
        Assert.NotNull(ObjectGraph.FindBanned(new Holder(ImmutableArray.Create("a"))));
        Assert.NotNull(ObjectGraph.FindBanned(new Holder(new int[1])));
        Assert.NotNull(ObjectGraph.FindBanned(new Holder(new object())));
        Assert.Null(ObjectGraph.FindBanned(new Holder(new EquatableArray<string>(["a"]))));
    }

    private static GeneratorRunResult RunTwice(string[] sources, string file, string edited)
    {
        var driver = Run(Generation.CreateDriver(), sources);
        return Result(Run(driver, [.. sources.Select(source => source == file ? edited : source)]));
    }

    private static GeneratorDriver Run(GeneratorDriver driver, string[] sources) => driver.RunGenerators(Generation.Compile(sources));

    private static GeneratorRunResult Result(GeneratorDriver driver)
    {
        var result = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(result.Exception);
        return result;
    }

    private static Dictionary<string, Microsoft.CodeAnalysis.Text.SourceText> Texts(GeneratorDriver driver) =>
        Result(driver).GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText);

    private static void AssertCached(GeneratorRunResult run, string step, string edit)
    {
        var reasons = Outputs(run.TrackedSteps[step]);
        Assert.NotEmpty(reasons);
        Assert.True(reasons.All(IsCached), $"{step} after an edit of {edit}: {string.Join(", ", reasons)}");
    }

    private static bool IsCached(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static List<IncrementalStepRunReason> Outputs(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static List<IncrementalStepRunReason> Outputs(ImmutableDictionary<string, ImmutableArray<IncrementalGeneratorRunStep>> steps) =>
        Outputs(steps.Values.SelectMany(step => step));

    private sealed record Holder(object Value);
}
