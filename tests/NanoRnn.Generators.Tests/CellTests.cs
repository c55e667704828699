using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Cells described by methods: which ones are taken, and what is said of the others.</summary>
public sealed class CellTests
{
    private const string Attribute = "CustomRnn(\"F\", 5)";
    private const string Model = "[RnnModel(InputSize = 2), " + Attribute + "] partial class Model ";
    private const string Method = "[Cell] static CellDefinition F(CellBuilder cell) ";
    private const string State = "var h = cell.Previous(\"h\"); ";

    [Theory]
    [InlineData("return cell.Build((h, cell.Affine(\"a\")));")]
    [InlineData("return cell.Build((h, cell.Affine(\"a\") * 0 + 1));")]
    [InlineData("return cell.Build((h, 2), (cell.Previous(\"b\"), cell.Affine(\"x\", 0 * h) + cell.Affine(\"y\")));")]
    [InlineData("var a = cell.Affine(\"a\"); return cell.Build((h, a), (cell.Previous(\"b\"), a), (cell.Previous(\"c\"), a));")]
    [InlineData("var c = cell.Previous(\"c\"); return cell.Build((h, c), (c, cell.Affine(\"a\", h)));")]
    [InlineData("var a = cell.Affine(useBias: false, name: \"a\", recurrent: h); var b = a; return cell.Build((h, -(b / (a + 1))));")]
    [InlineData("const float Two = 2; const string Name = \"a\"; return cell.Build((Previous: h, Next: cell.Affine(Name, h) * Two - 1.5f));")]
    [InlineData("return cell.Build((h, cell.Apply(System.MathF.Tanh, cell.Affine(\"slots\", h)) + cell.Apply(Own, cell.Weight(\"weights\"))));")]
    [InlineData("var slots = cell.Affine(\"f1\", h); var arriving = cell.Affine(\"f\", h); var d = cell.Affine(\"F\", slots * h); return cell.Build((h, d + arriving));")]
    [InlineData("var @class = cell.Previous(\"class\"); var weights = cell.Gate(cell.Affine(\"x_1\", h)); return cell.Build((h, weights), (@class, weights * @class));")]
    [InlineData("var o = cell.Previous(\"ofOperand\"); var s = cell.Previous(\"hSum\"); return cell.Build((h, cell.Affine(\"h\", h) * o + s), (o, s), (s, h));")]
    public void CellIsTaken(string body) =>
        Generation.Of("using NanoRnn; " + Model + "{ " + Method + "{ " + State + body + " } static float Own(float x) => x * x; }").AssertEmits();

    [Theory]
    [InlineData("[CustomRnn(typeof(Cells), nameof(Cells.F), 5)]")]
    [InlineData("[CustomRnn(typeof(Cells), \"F\", 40, ReturnSequences = true), CustomRnn(type: typeof(Cells), cell: \"F\", units: 3)]")]
    [InlineData("[CustomRnn(typeof(Cells.Inner<>), \"G\", 16, UseBias = false)]")]
    public void CellOfAnotherClassIsTaken(string layers) => Generation.Of(
        "using NanoRnn; [RnnModel(InputSize = 2)] " + layers + " [Dense(1)] partial class Model;",
        "using NanoRnn; static class Cells { [Cell] public static CellDefinition F(CellBuilder cell) { " + State
        + "return cell.Build((h, cell.Affine(\"a\", h))); } public static class Inner<T> { "
        + "[Cell] public static CellDefinition G(CellBuilder cell) { var h = cell.Previous(\"h\"); return cell.Build((h, cell.Affine(\"a\", h))); } } }").AssertEmits();

    [Theory]
    [InlineData("", "'Model.F' must be a static method with [Cell] that takes a CellBuilder and returns a CellDefinition: there is no such method")]
    [InlineData("static CellDefinition F(CellBuilder cell) => throw new System.NotSupportedException();", "it has no [Cell] attribute")]
    [InlineData("[Cell] CellDefinition F(CellBuilder cell) => throw new System.NotSupportedException();", "it is not static")]
    [InlineData("[Cell] static CellDefinition F() => throw new System.NotSupportedException();", "it must have one parameter, of type CellBuilder")]
    [InlineData("[Cell] static CellValue F(CellBuilder cell) => cell.Previous(\"h\");", "it must return CellDefinition")]
    [InlineData("[Cell] static CellDefinition F<T>(CellBuilder cell) => throw new System.NotSupportedException();", "it has type parameters")]
    [InlineData("static float F => 3;", "it is not a method")]
    public void NotACell(string member, string message) => AssertMistake("NRNN0027", Attribute, message, Model + "{ " + member + " }");

    [Theory]
    [InlineData("if (System.DateTime.Now.Year > 0) { } return cell.Build((h, h));", "if (System.DateTime.Now.Year > 0) { }", "'if'")]
    [InlineData("return Other(h);", "Other(h)", "a cell that is not from Build(...)")]
    [InlineData("return cell.Build((h, cell.Affine(\"a\", h) * Field));", "Field", "a number that is no constant")]
    [InlineData("return cell.Build((h, cell.Affine(h.ToString()!, h)));", "h.ToString()", "a name that is no constant")]
    [InlineData("return cell.Build((h, cell.Affine(\"a\", h, usesInput: Field > 2)));", "Field > 2", "a flag that is no constant")]
    [InlineData("return cell.Build((h, cell.Apply(x => x, cell.Affine(\"a\", h))));", "x => x", "a function that is not named")]
    [InlineData("return cell.Build((h, cell.Apply(System.MathF.Cbrt, cell.Affine(\"a\", h))));", "System.MathF.Cbrt", "'MathF.Cbrt'")]
    [InlineData("var states = new[] { (h, h) }; return cell.Build(states);", "new[] { (h, h) }", "an array")]
    [InlineData("CellValue a; a = cell.Affine(\"a\", h); return cell.Build((h, a));", "a", "a local without a value")]
    public void UnsupportedInCell(string body, string underlined, string construct)
    {
        var mistake = Mistake.In(Model + "{ static float Field = System.MathF.Sqrt(3); static CellDefinition Other(CellValue h) => throw new System.NotSupportedException(h.ToString() + Field); "
            + Method + "{ " + State + body + " } }")[0];
        Assert.Equal(("NRNN0028", underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains($"'Model.F' cannot be compiled: {construct} cannot be a part of a cell", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return cell.Build((h, cell.Affine(\"a\", h) + cell.Affine(\"a\")));", "cell.Affine(\"a\")", "the name 'a' is taken")]
    [InlineData("return cell.Build((h, cell.Affine(\"kernel\", h)));", "cell.Affine(\"kernel\", h)", "the name 'kernel' is taken")]
    [InlineData("return cell.Build((h, cell.Affine(\"a b\", h)));", "cell.Affine(\"a b\", h)", "'a b' cannot be a name")]
    [InlineData("return cell.Build((h, cell.Affine(\"a\", usesInput: false)));", "cell.Affine(\"a\", usesInput: false)", "the gate 'a' has neither")]
    [InlineData("var c = cell.Previous(\"c\"); return cell.Build((h, cell.Affine(\"a\", h) + cell.Affine(\"b\", c)), (c, h));", "cell.Affine(\"b\", c)", "the gates 'a' and 'b' multiply different states")]
    [InlineData("var a = cell.Affine(\"a\", h); return cell.Build((h, cell.Affine(\"b\", a * h) + cell.Affine(\"c\", a + h)));", "cell.Affine(\"c\", a + h)", "the gates 'b' and 'c' multiply different computed vectors")]
    [InlineData("return cell.Build();", "cell.Build()", "it has no state")]
    [InlineData("return cell.Build((cell.Affine(\"a\", h), h));", "cell.Build((cell.Affine(\"a\", h), h))", "the first value of a state must be from Previous(...)")]
    [InlineData("return cell.Build((h, cell.Affine(\"a\", h)), (h, h));", "cell.Build((h, cell.Affine(\"a\", h)), (h, h))", "a state is given twice")]
    [InlineData("return cell.Build((cell.Previous(\"c\"), cell.Affine(\"a\", h)));", "cell.Build((cell.Previous(\"c\"), cell.Affine(\"a\", h)))", "nothing says what comes after the state 'h'")]
    [InlineData("return cell.Build((h, cell.Affine(\"a\", h, usesInput: false)));", "cell.Build((h, cell.Affine(\"a\", h, usesInput: false)))", "no gate uses the input")]
    [InlineData("return cell.Build((h, cell.Affine(\"a\", 2 * h)));", "cell.Build((h, cell.Affine(\"a\", 2 * h)))", "all gates multiply a computed vector")]
    public void InvalidCell(string body, string underlined, string message) =>
        AssertMistake("NRNN0029", underlined, message, Model + "{ " + Method + "{ " + State + body + " } }");

    [Fact]
    public void MistakeInAnAppliedFunctionIsReportedThere() => AssertMistake(
        "NRNN0025", "x % 2", "'Model.Own' cannot be compiled",
        Model + "{ static float Own(float x) => x % 2; " + Method + "{ " + State + "return cell.Build((h, cell.Apply(Own, cell.Affine(\"a\", h)))); } }");

    [Fact]
    public void MistakesOfTheCompilerAreItsOwn()
    {
        var generation = Generation.Of("using NanoRnn; " + Model + "{ " + Method + "{ return cell.Build((h, h)); } }");
        // Another generator may declare the name, and then the compiler would say nothing.
        Assert.All(generation.Diagnostics, diagnostic => Assert.Equal("NRNN0051", diagnostic.Id));
        Assert.Empty(generation.Files);
    }

    private static void AssertMistake(string id, string underlined, string message, params string[] sources)
    {
        var mistake = Assert.Single(Mistake.In(sources));
        Assert.Equal((id, underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }
}
