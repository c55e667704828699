using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Methods as activations: which ones are taken, and what is said of the others.</summary>
public sealed class FunctionTests
{
    private const string Model = "[RnnModel(InputSize = 1), Dense(2, ActivationMethod = \"F\")] partial class Model ";

    private const string Attribute = "Dense(2, ActivationMethod = \"F\")";

    [Theory]
    [InlineData("private static float F(float x) => x;")]
    [InlineData("internal static float F(float number) { return number; }")]
    [InlineData("static float F(float x) => x; static int F(int x) => x; static float F() => 1;")]
    [InlineData("private static partial float F(float x); private static partial float F(float x) => x;")]
    [InlineData("static float F(float x) => G(x, 2); static float G(float x, float y = 3) => x + y;")]
    [InlineData("static float F(float x) => G(y: x, x: 2); static double D(double x) => x; static float G(float x, float y) => (float)D(x) + y;")]
    [InlineData("const int Two = 2; const double Small = 1e-3; static float F(float x) => (float)(x * Two + Small) * float.Pi;")]
    [InlineData("static float F(float x) { const float c = 2; float y = x, z; z = y; y *= c; x = z - y; return x; }")]
    [InlineData("static float F(float x) { bool b = x > 0; b = !b && x != 3 | b; return b ^ (x == 1) ? x : -x; }")]
    [InlineData("static float F(float @class) { var @ref = @class; var Vector256 = @ref * 2; return @ref + Vector256 * Vector256; }")]
    [InlineData("static float F(float x) => System.Math.Min(x, 3) + System.MathF.Abs(float.Exp(x)) + (float)double.Max(x, 2.5);")]
    [InlineData("static float F(float x) => (x > 0 ? 1 : x < -1 ? -1 : 0) * (x == 0 ? 2f : 1);")]
    [InlineData("static float F(float x) => x + float.NaN + float.PositiveInfinity + 1 / 2 + 'a';")]
    public void FunctionIsTaken(string members) => Generation.Of("using NanoRnn; " + Model + "{ " + members + " }").AssertEmits();

    [Theory]
    [InlineData("class Base { protected static float F(float x) => x; } ", ": Base;")]
    [InlineData("class Base<T> { protected static float F(float x) => x; } ", ": Base<int>;")]
    public void InheritedFunctionIsTaken(string before, string after) => Generation.Of("using NanoRnn; " + before + Model + after).AssertEmits();

    [Fact]
    public void FunctionOfAContainingTypeIsTaken() =>
        Generation.Of("using NanoRnn; static partial class Outer { static float F(float x) => x; " + Model.Replace("\"F\"", "nameof(F)", StringComparison.Ordinal) + "; }").AssertEmits();

    [Theory]
    [InlineData("Lstm(9, ActivationMethod = \"F\", RecurrentActivationMethod = \"F\")")]
    [InlineData("Gru(9, ActivationMethod = \"F\", RecurrentActivationMethod = \"F\", ResetAfter = false)")]
    [InlineData("SimpleRnn(3, ActivationMethod = \"F\")")]
    [InlineData("Lstm(9, ActivationMethod = null)")]
    public void EveryLayerTakesFunctions(string layer) => Generation.Of(
        $"using NanoRnn; [RnnModel(InputSize = 1), {layer}] partial class Model {{ static float F(float x) => x * x; }}").AssertEmits();

    [Theory]
    [InlineData("Dense(2, Activation = Activation.Relu, ActivationMethod = \"F\")", "'dense' has both Activation and ActivationMethod")]
    [InlineData("Gru(2, RecurrentActivationMethod = \"F\", RecurrentActivation = Activation.Relu)", "'gru' has both RecurrentActivation and RecurrentActivationMethod")]
    public void ActivationTwice(string layer, string message) => AssertMistake(
        "NRNN0020", layer, message, $"[RnnModel(InputSize = 1), {layer}] partial class Model {{ static float F(float x) => x; }}");

    [Theory]
    [InlineData("{ static float G(float x) => x; }")]
    [InlineData(": Base; class Base { static float F(float x) => x; }")]
    public void FunctionNotFound(string declaration) => AssertMistake("NRNN0021", Attribute, "has a method 'F'", Model + declaration);

    [Theory]
    [InlineData("float F(float x) => x;", "'Model.F' must be a static method that takes a float and returns a float: it is not static")]
    [InlineData("static double F(float x) => x;", "it must return float")]
    [InlineData("static float F(double x) => 1;", "it must have one parameter, of type float")]
    [InlineData("static float F(float x, float y) => 1;", "it must have one parameter")]
    [InlineData("static float F(in float x) => 1;", "it must have one parameter")]
    [InlineData("static float F<T>(float x) => 1;", "it has type parameters")]
    [InlineData("static float F => 3;", "'Model.F' must be a static method that takes a float and returns a float: it is not a method")]
    public void NotAFunction(string member, string message) => AssertMistake("NRNN0022", Attribute, message, Model + "{ " + member + " }");

    [Fact]
    public void FunctionNotInTheProject() => AssertMistake(
        "NRNN0023", "System.Convert.ToSingle(x)", "the source of 'Convert.ToSingle' is not in this project",
        Model + "{ static float F(float x) => System.Convert.ToSingle(x); }");

    [Theory]
    [InlineData("static float F(float x) => x > 0 ? F(x - 1) : x;", "F(x - 1)", "'Model.F' calls itself")]
    [InlineData("static float F(float x) => G(x); static float G(float x) => F(-x);", "F(-x)", "'Model.F' calls itself")]
    public void Recursion(string member, string underlined, string message) => AssertMistake("NRNN0024", underlined, message, Model + "{ " + member + " }");

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) x *= x; return x;", "for (var i = 0; i < 3; i++) x *= x;", "a loop")]
    [InlineData("while (x > 1) x /= 2; return x;", "while (x > 1) x /= 2;", "a loop")]
    [InlineData("return x % 2;", "x % 2", "the operator '%'")]
    [InlineData("return x switch { > 0 => 1, _ => 0 };", "x switch { > 0 => 1, _ => 0 }", "a switch")]
    [InlineData("return x is > 0 ? x : 0;", "x is > 0", "a pattern")]
    [InlineData("return System.MathF.Sign(x);", "System.MathF.Sign(x)", "a call of 'MathF.Sign'")]
    [InlineData("return System.MathF.Round(x);", "System.MathF.Round(x)", "a call of 'MathF.Round'")]
    [InlineData("return System.MathF.Pow(2, x);", "System.MathF.Pow(2, x)", "Pow with an exponent that is no constant")]
    [InlineData("return x * Field;", "Field", "the field 'Field', which is no constant,")]
    [InlineData("return x * Property;", "Property", "the property 'Property'")]
    [InlineData("Field = x; return x;", "Field", "the field 'Field'")]
    [InlineData("x++; return x;", "x++", "'++' or '--'")]
    [InlineData("return (x > 0 ? 1 : 3) / 2;", "(x > 0 ? 1 : 3) / 2", "a value of type 'int'")]
    [InlineData("var n = x > 0 ? 1 : 3; return n;", "n", "a value of type 'int'")]
    [InlineData("return (int)x;", "(int)x", "a conversion from 'float' to 'int'")]
    [InlineData("return (float)(decimal)x;", "(decimal)x", "a conversion from 'float' to 'decimal'")]
    [InlineData("if (x > 1) throw new System.Exception(); return x;", "throw new System.Exception();", "an exception")]
    [InlineData("float G(float y) => y; return G(x);", "float G(float y) => y;", "a local function")]
    [InlineData("System.Console.WriteLine(); return x;", "System.Console.WriteLine()", "a call of 'Console.WriteLine'")]
    [InlineData("return new float[] { x }[0];", "new float[] { x }[0]", "an array")]
    [InlineData("try { return x; } finally { }", "try { return x; } finally { }", "'try'")]
    public void UnsupportedConstruct(string body, string underlined, string construct)
    {
        var mistake = Mistake.In(Model + "{ static float Field = 3; static float Property { get; set; } static float F(float x) { _ = Field + Property; " + body + " } }")
            .First(found => found.Underlined != "Field + Property" && !found.Underlined.StartsWith('_'));
        Assert.Equal(("NRNN0025", underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains($"'Model.F' cannot be compiled: {construct}", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConstructInAnotherFileIsUnderlinedThere() => AssertMistake(
        "NRNN0025", "System.MathF.Cbrt(x)", "'Model.F' cannot be compiled: a call of 'MathF.Cbrt'",
        Model + "{ static float F(float x) => Other.G(x); }", "static class Other { public static float G(float x) => System.MathF.Cbrt(x); }");

    [Fact]
    public void MistakeIsReportedOnceForAModel() => AssertMistake(
        "NRNN0025", "x % 2", "operator",
        "[RnnModel(InputSize = 1), Lstm(2, ActivationMethod = \"F\", RecurrentActivationMethod = \"F\")] partial class Model { static float F(float x) => x % 2; }");

    [Fact]
    public void FunctionTooLarge()
    {
        var body = string.Concat(Enumerable.Range(1, 400).Select(i => $"x = x * {i} + 1 / x;"));
        AssertMistake("NRNN0026", Attribute, "more than 1000 operations", Model + "{ static float F(float x) { " + body + " return x; } }");
    }

    [Fact]
    public void MistakesOfTheCompilerAreItsOwn()
    {
        var generation = Generation.Of("using NanoRnn; " + Model + "{ static float F(float x) => x + y; }");
        // Another generator may declare the name, and then the compiler would say nothing.
        Assert.Equal("NRNN0051", Assert.Single(generation.Diagnostics).Id);
        Assert.Empty(generation.Files);
        Assert.Equal("CS0103", Assert.Single(generation.CompilerDiagnostics()).Id);
    }

    [Fact]
    public void LocalsKeepTheirNames()
    {
        var generation = Generation.Of("using NanoRnn; " + Model + "{ static float F(float x) { var quarter = x / 4; return quarter * quarter; } }");
        generation.AssertCompiles();
        Assert.Contains("var quarter = x / 4f;", generation.Files["Model.ScalarKernels.g.cs"], StringComparison.Ordinal);
    }

    private static void AssertMistake(string id, string underlined, string message, params string[] sources)
    {
        var mistake = Assert.Single(Mistake.In(sources));
        Assert.Equal((id, underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }
}
