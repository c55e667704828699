using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>The same attributes give the same files, whoever compiles them, and wherever.</summary>
public sealed class DeterminismTests
{
    private const string Models = """
        using NanoRnn;
        namespace App;
        [RnnModel(InputSize = 13)]
        [Lstm(50, ReturnSequences = true, Name = "first")]
        [Gru(17, ReturnSequences = true, Activation = Activation.Gelu, RecurrentActivation = Activation.HardSigmoid)]
        [Gru(16, ResetAfter = false, ReturnSequences = true, Activation = Activation.Selu)]
        [SimpleRnn(3, Activation = Activation.Softplus)]
        [Dense(1234, Activation = Activation.LeakyRelu)]
        [Dense(5, Activation = Activation.Softmax)]
        partial class INPUT;
        """;

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    [InlineData("hostile")]
    public void CultureDoesNotMatter(string name)
    {
        var expected = Generation.Of(Models).Files;
        using (new CultureScope(CultureScope.Find(name)))
            AssertSame(expected, Generation.Of(Models).Files);
    }

    [Fact]
    public void HostileCultureIsHostile()
    {
        using (new CultureScope(CultureScope.Find("hostile")))
            Assert.Equal("minus 1!000;5", (-1000.5f).ToString("N1", CultureInfo.CurrentCulture));
    }

    [Fact]
    public void CultureDoesNotMatterForDiagnostics()
    {
        const string Mistake = "using NanoRnn; [RnnModel(InputSize = -1000), Dense(1)] partial class Model;";
        var expected = Message();
        using (new CultureScope(CultureScope.Find("hostile")))
            Assert.Equal(expected, Message());

        static string Message() => Assert.Single(Generation.Of(Mistake).Diagnostics).GetMessage(CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("/elsewhere/Model.cs")]
    [InlineData(@"C:\Users\Ünicode\Model.cs")]
    [InlineData("")]
    public void PathOfTheFileDoesNotMatter(string path)
    {
        var compilation = Generation.Compile();
        AssertSame(
            Generation.Of(Models).Files, Generation.Of(compilation.AddSyntaxTrees(Generation.Parse(Models, path))).Files);
    }

    [Fact]
    public void LineEndingsDoNotMatter() =>
        AssertSame(Generation.Of(Models).Files, Generation.Of(Models.ReplaceLineEndings("\r\n")).Files);

    [Fact]
    public void GeneratedLinesEndInLineFeed()
    {
        foreach (var text in Generation.Of(Models.ReplaceLineEndings("\r\n")).Files.Values)
        {
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain('\t', text);
            Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OrderOfFilesDoesNotMatter()
    {
        string[] sources =
        [
            Models,
            "using NanoRnn; [RnnModel(InputSize = 1), Lstm(3)] partial class Second { partial class Inner; }",
            "using NanoRnn; partial class Second { [RnnModel(InputSize = 2), Gru(2)] partial class Inner; }",
            "namespace App; partial class INPUT { }",
        ];
        AssertSame(Generation.Of(sources).Files, Generation.Of([.. sources.Reverse()]).Files);
    }

    [Fact]
    public void ModelsWithTheSameNameDoNotClash()
    {
        var generation = Generation.Of("""
            using NanoRnn;
            [RnnModel(InputSize = 1), Dense(1)] partial class Model;
            [RnnModel(InputSize = 2), Dense(1)] partial class Model<T>;
            [RnnModel(InputSize = 3), Dense(1)] partial class Model<T, U>;
            namespace A
            {
                [RnnModel(InputSize = 4), Dense(1)] partial class Model;
                partial class Outer { [RnnModel(InputSize = 5), Dense(1)] partial class Model; }
                partial class Outer<T> { [RnnModel(InputSize = 6), Dense(1)] partial class Model; }
                partial class Outer { [RnnModel(InputSize = 7), Dense(1)] partial class Model<T>; }
            }
            namespace B { [RnnModel(InputSize = 8), Dense(1)] partial class Model; }
            """);
        generation.AssertCompiles();
        string[] names =
            ["Model", "Model`1", "Model`2", "A.Model", "A.Outer+Model", "A.Outer`1+Model", "A.Outer+Model`1", "B.Model"];
        Assert.Equal(Enumerable.Range(1, 8), names.Select(name => (int)generation.Type(name).GetMembers("InputSize").OfType<IFieldSymbol>().Single().ConstantValue!));
    }

    /// <summary>Names of generated files are compared without regard to case; a clash would stop the whole generator.</summary>
    [Fact]
    public void ModelsThatDifferOnlyInCaseDoNotClash() =>
        Generation.Of("""
            using NanoRnn;
            namespace App { [RnnModel(InputSize = 1), Dense(1)] partial class Model; }
            namespace App { [RnnModel(InputSize = 1), Dense(1)] partial class MODEL; }
            namespace APP { [RnnModel(InputSize = 1), Dense(1)] partial class Model; }
            namespace APP { [RnnModel(InputSize = 1), Dense(1)] partial class MODEL; }
            """).AssertCompiles();

    private static void AssertSame(ImmutableSortedDictionary<string, string> expected, ImmutableSortedDictionary<string, string> actual)
    {
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, text) in expected)
            Assert.True(text == actual[name], $"{name} is not the same");
    }
}
