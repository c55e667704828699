using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Every mistake gets its id, at its place, alone, and nothing is generated.</summary>
public sealed class MistakeTests
{
    private const string Model = "[RnnModel(InputSize = 1), Dense(1)] ";

    [Fact]
    public void ClassNotPartial() => AssertMistake(
        "NRNN0001", "Forecaster", "'Forecaster' must be partial", Model + "class Forecaster;");

    [Fact]
    public void ContainerNotPartial() => AssertMistake(
        "NRNN0002", "Outer", "'Outer' contains the model 'Inner' and must be partial", "class Outer { " + Model + "partial class Inner; }");

    [Fact]
    public void EveryContainerIsNamed() => Assert.Equal(
        [("NRNN0002", "A"), ("NRNN0002", "C")],
        Mistake.In("class A { partial struct B { record struct C { " + Model + "partial class Inner; } } }").Select(mistake => (mistake.Id, mistake.Underlined)));

    [Fact]
    public void NoLayers() => AssertMistake(
        "NRNN0003", "Empty", "'Empty' has no layers", "[RnnModel(InputSize = 1)] partial class Empty;");

    [Theory]
    [InlineData("Lstm(0)", "'lstm' must be between 1 and 65536, but is 0")]
    [InlineData("Gru(-3)", "'gru' must be between 1 and 65536, but is -3")]
    [InlineData("SimpleRnn(65537)", "'simple_rnn' must be between 1 and 65536, but is 65537")]
    [InlineData("Dense(int.MinValue)", "'dense' must be between 1 and 65536, but is -2147483648")]
    public void UnitsOutOfRange(string layer, string message) => AssertMistake(
        "NRNN0004", layer, message, $"[RnnModel(InputSize = 1), {layer}] partial class Model;");

    [Theory]
    [InlineData("RnnModel", "InputSize must be between 1 and 65536, but is 0")]
    [InlineData("RnnModel(InputSize = 0)", "but is 0")]
    [InlineData("RnnModel(InputSize = -1)", "but is -1")]
    [InlineData("RnnModel(InputSize = 70000)", "but is 70000")]
    public void InputSizeOutOfRange(string attribute, string message) => AssertMistake(
        "NRNN0004", attribute, message, $"[{attribute}, Dense(1)] partial class Model;");

    [Fact]
    public void RecurrentAfterLastState() => AssertMistake(
        "NRNN0005",
        "Gru(3)",
        "'gru' needs a sequence, but 'lstm' before it",
        "[RnnModel(InputSize = 1)] [Lstm(4)] [Dense(2)] [Gru(3)] partial class Model;");

    [Fact]
    public void EveryLastStateIsNamed() => Assert.Equal(
        [("Lstm(4)", true), ("Lstm(5)", true)],
        Mistake.In("[RnnModel(InputSize = 1), Lstm(3, Name = \"a\"), Lstm(4), Lstm(5)] partial class Model;")
            .Select((mistake, i) => (mistake.Underlined, mistake.Message.Contains(i == 0 ? "but 'a'" : "but 'lstm'", StringComparison.Ordinal))));

    [Fact]
    public void LayersSpread() => AssertMistake(
        "NRNN0006",
        "Lstm(5)",
        "'Model' has layers on several partial declarations",
        "[RnnModel(InputSize = 1), Lstm(4)] partial class Model; [Lstm(5)] partial class Model;");

    [Fact]
    public void LayersSpreadOverFiles()
    {
        var mistake = Assert.Single(Mistake.In(
            "[Gru(5)] partial class Model;", "[RnnModel(InputSize = 1), Lstm(4)] partial class Model;", "[Dense(3)] partial class Model;"));
        Assert.Equal(("NRNN0006", "Gru(5)"), (mistake.Id, mistake.Underlined));
    }

    [Theory]
    [InlineData("Lstm(4, UseBias = false, UnitForgetBias = true)", "UnitForgetBias does not apply to 'lstm': there is no bias")]
    [InlineData("Gru(4, UseBias = false, BiasInitializer = Initializer.Ones)", "BiasInitializer does not apply to 'gru': there is no bias")]
    [InlineData("Lstm(4, UseBias = false, BiasL1 = 1)", "BiasL1 does not apply to 'lstm': there is no bias")]
    [InlineData("Dense(4, UseBias = false, BiasL2 = 1)", "BiasL2 does not apply to 'dense': there is no bias")]
    [InlineData("Dense(4, BiasInitializer = Initializer.Identity)", "BiasInitializer = Identity does not apply to 'dense': it is for matrices")]
    [InlineData("Gru(4, ResetAfter = false, BiasInitializer = Initializer.Orthogonal)", "BiasInitializer = Orthogonal does not apply to 'gru'")]
    public void OptionDoesNotApply(string layer, string message) => AssertMistake(
        "NRNN0007", layer, message, $"[RnnModel(InputSize = 1), {layer}] partial class Model;");

    [Theory]
    [InlineData("SimpleRnn(4, Activation = Activation.Softmax)", "Activation = Softmax")]
    [InlineData("Lstm(4, Activation = Activation.Softmax)", "Activation = Softmax")]
    [InlineData("Gru(4, RecurrentActivation = Activation.Softmax)", "RecurrentActivation = Softmax")]
    public void SoftmaxNotOnDense(string layer, string message) => AssertMistake(
        "NRNN0008", layer, message, $"[RnnModel(InputSize = 1), {layer}] partial class Model;");

    [Theory]
    [InlineData("static partial class Model;", "a static class has no instances")]
    [InlineData("abstract partial class Model;", "an abstract class has no instances")]
    [InlineData("file partial class Model;", "a file-local class cannot be continued")]
    [InlineData("partial class Model(int x) { public int X => x; }", "cannot have a primary constructor")]
    [InlineData("partial record Model(int X);", "cannot have a primary constructor")]
    [InlineData("partial class Model; partial class Model(int x) { public int X => x; }", "cannot have a primary constructor")]
    [InlineData("partial class Model { public required string Title { get; set; } }", "it has required members")]
    public void UnsupportedClass(string declaration, string reason) => AssertMistake("NRNN0009", "Model", reason, Model + declaration);

    [Fact]
    public void FileLocalContainer() => AssertMistake(
        "NRNN0009", "Inner", "a file-local class", "file partial class Outer { " + Model + "partial class Inner; }");

    [Theory]
    [InlineData("Predict")]
    [InlineData("Session")]
    [InlineData("Load")]
    [InlineData("Summary")]
    public void ClassNamedAsAGeneratedMember(string name) => AssertMistake(
        "NRNN0009", name, "a member of this name is generated", Model + $"partial class {name};");

    /// <summary>The compiler says so too, but not that a constructor of the user's own would not help.</summary>
    [Fact]
    public void BaseClassWithoutParameterlessConstructor()
    {
        var generation = Generation.Of(
            "using NanoRnn; " + Model + "partial class Model : Base; class Base { private protected Base(string x) => X = x; public string X { get; } }");
        var mistake = Assert.Single(Mistake.Of(generation));
        Assert.Equal(("NRNN0009", "Model"), (mistake.Id, mistake.Underlined));
        Assert.Contains("its base class has no constructor without parameters", mistake.Message, StringComparison.Ordinal);
        Assert.Empty(generation.Files);
    }

    [Fact]
    public void ModelDerivedFromAModel()
    {
        var generation = Generation.Of("using NanoRnn; " + Model + "partial class First; " + Model + "partial class Second : First;");
        Assert.Equal([("NRNN0009", "Second")], Mistake.Of(generation).Select(mistake => (mistake.Id, mistake.Underlined)));
        Assert.NotEmpty(generation.Files);
    }

    [Theory]
    [InlineData("", "use letters")]
    [InlineData("1st", "use letters")]
    [InlineData("_x", "use letters")]
    [InlineData("a.b", "use letters")]
    [InlineData("a b", "use letters")]
    [InlineData("größe", "use letters")]
    public void InvalidName(string name, string message) => AssertMistake(
        "NRNN0010", $"Dense(1, Name = \"{name}\")", message, $"[RnnModel(InputSize = 1), Dense(1, Name = \"{name}\")] partial class Model;");

    [Theory]
    [InlineData("Dense(1, Name = \"a\")", "Dense(2, Name = \"a\")")]
    [InlineData("Dense(1)", "Dense(2, Name = \"dense\")")]
    public void NameTwice(string first, string second) => AssertMistake(
        "NRNN0010", second, "another layer of this model has it", $"[RnnModel(InputSize = 1), {first}, {second}] partial class Model;");

    [Theory]
    [InlineData("Dense(1, Activation = (Activation)99)", "Activation = 99 on 'dense'")]
    [InlineData("Lstm(1, RecurrentActivation = (Activation)(-1))", "RecurrentActivation = -1 on 'lstm'")]
    public void UnknownActivation(string layer, string message) => AssertMistake(
        "NRNN0011", layer, message, $"[RnnModel(InputSize = 1), {layer}] partial class Model;");

    [Fact]
    public void SoftmaxOverOneUnitIsAWarning()
    {
        var compilation = Generation.Compile("using NanoRnn; [RnnModel(InputSize = 1), Dense(1, Activation = Activation.Softmax)] partial class Model;");
        var generation = Generation.Of(compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)));
        var mistake = Assert.Single(Mistake.Of(generation));
        Assert.Equal(("NRNN0012", "Dense(1, Activation = Activation.Softmax)"), (mistake.Id, mistake.Underlined));
        Assert.Contains("softmax over one unit is always 1", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticSeverity.Warning, generation.Diagnostics.Single().Severity);
        Assert.NotEmpty(generation.Files);
        Assert.Empty(generation.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("#pragma warning disable NRNN0012", 0)]
    [InlineData("#pragma warning disable NRNN0011", 1)]
    [InlineData("#pragma warning disable", 0)]
    public void PragmaWorks(string pragma, int remaining)
    {
        var generation = Generation.Of($"""
            using NanoRnn;
            [RnnModel(InputSize = 1)]
            {pragma}
            [Dense(1, Activation = Activation.Softmax)]
            #pragma warning restore
            partial class Model;
            """);
        Assert.Equal(remaining, Mistake.Of(generation).Count);
        Assert.NotEmpty(generation.Files);
    }

    [Fact]
    public void ModelTooLarge() => AssertMistake(
        "NRNN0013", "Model", "more than an array can hold", "[RnnModel(InputSize = 65536), Lstm(65536)] partial class Model;");

    [Fact]
    public void LayersWithoutModel() => AssertMistake(
        "NRNN0014", "Dense(1)", "'Model' has layers or losses but no [RnnModel]", "[Dense(1)] class Model;");

    [Theory]
    [InlineData("[Lstm(4), Dense(1), Lstm(2), Gru(3), SimpleRnn(5)] partial class Model;")]
    [InlineData("[Lstm(4)] partial class Model; [Lstm(5), Dense(3)] partial class Model;")]
    [InlineData("[Lstm(4), Loss(\"F\")] partial class Model;")]
    public void LayersWithoutModelAreReportedOnce(string source) =>
        Assert.Equal([("NRNN0014", "Lstm(4)")], Mistake.In(source).Select(mistake => (mistake.Id, mistake.Underlined)));

    [Theory]
    [InlineData("public Model(int units) : this(units, 0) { } private Model(int a, int b) : this() { _ = a + b; }", "Model", "this constructor: a constructor that takes a seed")]
    [InlineData("public Model() { }", "Model", "this constructor: it must call the generated one, with ': this(seed)'")]
    [InlineData("public int InputSize => 3;", "InputSize", "'InputSize': a member of this name")]
    [InlineData("public void Summary() { }", "Summary", "'Summary': a member of this name")]
    [InlineData("class Session;", "Session", "'Session': a member of this name")]
    [InlineData("public int Save => 3;", "Save", "'Save': a method of this name")]
    [InlineData("public void Save(string path) { }", "Save", "'Save': a method with these parameters")]
    [InlineData("public object CreateSession() => new();", "CreateSession", "'CreateSession': a method with these parameters")]
    [InlineData("private object Predict(System.ReadOnlySpan<float> a, System.Span<float> b) => new();", "Predict", "'Predict': a method with these parameters")]
    public void MemberCollides(string member, string underlined, string message)
    {
        var generation = Generation.Of("using NanoRnn; " + Model + "partial class Model { " + member + " }");
        Assert.Empty(generation.Files);
        var mistake = Assert.Single(Mistake.Of(generation));
        Assert.Equal(("NRNN0015", underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains("'Model' cannot declare " + message, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralMistakesAreAllReported()
    {
        var mistakes = Mistake.In("""
            class Outer
            {
                [RnnModel(InputSize = 0)]
                [Lstm(-1)]
                [Gru(3, Activation = Activation.Softmax, Name = "-")]
                class Inner;
            }
            [Dense(3)] class Other;
            """);
        Assert.Equal(
            [
                ("NRNN0002", "Outer"), ("NRNN0004", "RnnModel(InputSize = 0)"), ("NRNN0004", "Lstm(-1)"),
                ("NRNN0005", "Gru(3, Activation = Activation.Softmax, Name = \"-\")"),
                ("NRNN0008", "Gru(3, Activation = Activation.Softmax, Name = \"-\")"),
                ("NRNN0010", "Gru(3, Activation = Activation.Softmax, Name = \"-\")"),
                ("NRNN0001", "Inner"), ("NRNN0014", "Dense(3)"),
            ],
            mistakes.Select(mistake => (mistake.Id, mistake.Underlined)));
    }

    [Fact]
    public void WrongModelDoesNotStopOthers()
    {
        var generation = Generation.Of("using NanoRnn; [RnnModel(InputSize = 1)] partial class Wrong; " + Model + "partial class Right;");
        Assert.Equal("NRNN0003", Assert.Single(Mistake.Of(generation)).Id);
        Assert.All(generation.Files.Keys, name => Assert.StartsWith("Right.", name, StringComparison.Ordinal));
        Assert.Contains("Right.g.cs", generation.Files.Keys);
    }

    [Theory]
    [InlineData("Dense(1, KernelInitializer = (Initializer)99)", "KernelInitializer = 99 on 'dense'")]
    [InlineData("Lstm(1, RecurrentInitializer = (Initializer)(-1))", "RecurrentInitializer = -1 on 'lstm'")]
    [InlineData("Gru(1, BiasInitializer = (Initializer)13)", "BiasInitializer = 13 on 'gru'")]
    public void UnknownInitializer(string layer, string message) => AssertMistake(
        "NRNN0011", layer, message, $"[RnnModel(InputSize = 1), {layer}] partial class Model;");

    [Theory]
    [InlineData("Dense(1, KernelL1 = -0.5f)", "KernelL1 of 'dense' must be finite and not negative, but is -0.5")]
    [InlineData("Lstm(1, RecurrentL2 = float.NaN)", "RecurrentL2 of 'lstm' must be finite and not negative, but is NaN")]
    [InlineData("Gru(1, BiasL2 = float.PositiveInfinity)", "BiasL2 of 'gru' must be finite and not negative, but is Infinity")]
    public void PenaltyOutOfRange(string layer, string message) => AssertMistake(
        "NRNN0019", layer, message, $"[RnnModel(InputSize = 1), {layer}] partial class Model;");

    private static void AssertMistake(string id, string underlined, string message, string source)
    {
        var mistake = Assert.Single(Mistake.In(source));
        Assert.Equal((id, underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }
}
