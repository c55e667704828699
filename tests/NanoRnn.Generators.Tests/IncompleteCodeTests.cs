using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>
/// Code as it is while someone types. The compiler says what is wrong with it; the generator neither stops nor adds to that.
/// </summary>
public sealed class IncompleteCodeTests
{
    [Theory]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3 partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3,)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3, Name = )] partial class Model;")]
    [InlineData("[RnnModel(InputSize = )] [Lstm(3)] partial class Model;")]
    [InlineData("[RnnModel(] [Lstm(3)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm()] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(\"three\")] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3, 4)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3L)] partial class Model;")]
    [InlineData("static class S { public static int Size = 3; } [RnnModel(InputSize = 1)] [Lstm(S.Size)] partial class Model;")]
    [InlineData("static class S { public static int Size = 3; } [RnnModel(InputSize = S.Size)] [Lstm(3)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3, Activation = Activation.Unknown)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = \"1\")] [Lstm(3)] partial class Model;")]
    [InlineData("[RnnModel(1)] [Lstm(3)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Dense(3)] partial struct Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Dense(3)] partial interface Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Dense(3)] partial record struct Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Dense(3)] [Loss] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Dense(3)] [Loss(] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Dense(3)] [Loss(3)] partial class Model;")]
    [InlineData("[Dense(3)] struct Model;")]
    public void CompilerReportsItAlone(string source) => AssertOnlyTheCompilerReports(source, mayGenerate: false);

    [Theory]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3, Unknown = 3)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3), ] [Layer] partial class Model")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3)] partial class Model {")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3)] partial class Model { public void Own( }")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3)] partial class Model<T { }")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3)] partial class")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3)] partial class Model : Missing;")]
    [InlineData("[RnnModel(InputSize = 1), RnnModel(InputSize = 2)] [Lstm(3)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3)] partial class Model; [RnnModel(InputSize = 1)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3)] partial class Model; [RnnModel(InputSize = 1)] class Model { }")]
    public void GeneratorDoesNotStop(string source) => AssertOnlyTheCompilerReports(source, mayGenerate: true);

    [Theory]
    [InlineData("[RnnModel(InputSize = 1)]")]
    [InlineData("[RnnModel(InputSize = 1)] [Lstm(3)]")]
    [InlineData("[assembly: RnnModel(InputSize = 1), Lstm(3)]")]
    [InlineData("class C { [RnnModel(InputSize = 1), Lstm(3)] void Method() { } }")]
    [InlineData("[RnnModel(InputSize = 1), Lstm(3)] enum Model { }")]
    [InlineData("[RnnModel(InputSize = 1), Lstm(3)] delegate void Model();")]
    public void AttributesWithoutAClassAreNoModel(string source) => AssertOnlyTheCompilerReports(source, mayGenerate: false);

    /// <summary>Without the library's attributes, a class called alike is none of the generator's business.</summary>
    [Fact]
    public void AttributesOfOthersAreNoModel()
    {
        var generation = Generation.Of("""
            using System;
            class RnnModelAttribute : Attribute;
            class LstmAttribute(int units) : Attribute { public int Units => units; }
            [RnnModel, Lstm(3)] class Model;
            """);
        Assert.Empty(generation.Files);
        Assert.Empty(generation.Diagnostics);
        Assert.Empty(generation.CompilerDiagnostics());
    }

    /// <summary>Every beginning of a file, as if it were being typed.</summary>
    [Fact]
    public void EveryPrefixOfAModelIsSurvived()
    {
        const string Source = "using NanoRnn; partial class Outer<T> { [RnnModel(InputSize = 1), Gru(4 + 1, ReturnSequences = true, Name = \"a\")] partial record Model { } }";
        var driver = Generation.CreateDriver();
        for (var length = 0; length <= Source.Length; length++)
        {
            driver = driver.RunGenerators(Generation.Compile(Source[..length]));
            var result = Assert.Single(driver.GetRunResult().Results);
            Assert.True(result.Exception is null, $"stops at '{Source[..length]}': {result.Exception}");
        }

        Assert.NotEmpty(driver.GetRunResult().GeneratedTrees);
    }

    private static void AssertOnlyTheCompilerReports(string source, bool mayGenerate)
    {
        var generation = Generation.Of("using NanoRnn; " + source);
        Assert.Empty(generation.Diagnostics);
        Assert.Contains(generation.CompilerDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (!mayGenerate)
            Assert.Empty(generation.Files);
    }
}
