using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Methods as losses: which ones are taken, what is generated of them, and what is said of the others.</summary>
public sealed class LossTests
{
    private const string Attribute = "Loss(\"F\")";

    private const string Model = "[RnnModel(InputSize = 1), Dense(2), Loss(\"F\")] partial class Model ";

    [Theory]
    [InlineData("private static float F(float prediction, float target) => prediction - target;")]
    [InlineData("static float F(float y, float t) { var e = y - t; e *= e; return e > 1 ? 1 : e; }")]
    [InlineData("static float F(float y, float t) => y; static float F(float x) => x; static int F(int x, int y) => x;")]
    [InlineData("static float F(float prediction, float target = 3) => G(target: target, prediction: prediction); static float G(float prediction, double target) => (float)(target - prediction);")]
    [InlineData("static float F(float y, float t) => y < t ? System.MathF.Sqrt(t - y) : System.MathF.Log(1 + y - t);")]
    [InlineData("static float F(float target, float prediction) { var value = target; var slope = value * 2; return slope * slope; }")]
    public void LossIsTaken(string members) => Generation.Of("using NanoRnn; " + Model + "{ " + members + " }").AssertEmits();

    [Theory]
    [InlineData("class Base<T> { protected static float F(float y, float t) => y - t; } ", Model + ": Base<int>;")]
    [InlineData("static partial class Outer { static float F(float y, float t) => y - t; ", Model + "; }")]
    [InlineData("partial class Outer<T> { ", "[RnnModel(InputSize = 1), Dense(2), Loss(\"F\")] partial class Model<U> { static float F(float y, float t) => y - t; } }")]
    [InlineData("[Loss(\"F\")] partial class Model { static float F(float y, float t) => y - t; } ", "[RnnModel(InputSize = 1), Dense(2)] partial class Model;")]
    [InlineData("[RnnModel(InputSize = 1), Dense(3)] partial class First; ", Model + "{ static float F(float y, float t) => First.OutputSize * (y - t); }")]
    public void LossIsTakenFrom(string before, string model) => Generation.Of("using NanoRnn; " + before + model).AssertEmits();

    [Fact]
    public void EveryLossIsAMember()
    {
        var generation = Generation.Of("""
            using NanoRnn;
            [RnnModel(InputSize = 1), Loss(nameof(First)), Dense(2), Loss(nameof(@class)), Loss("Vector512")] sealed partial class Model
            {
                static float First(float prediction, float target) => prediction - target;
                static float @class(float prediction, float target) => target - prediction;
                static float Vector512(float prediction, float target) => prediction * target;

                static readonly Loss[] All = [Losses.First, Losses.@class, Losses.Vector512];
            }
            """);
        generation.AssertCompiles();
        Assert.Equal(["First", "class", "Vector512"], generation.Type("Model+Losses").GetMembers().OfType<Microsoft.CodeAnalysis.IPropertySymbol>().Select(loss => loss.Name));
    }

    [Fact]
    public void ModelWithoutALossHasNoClassOfThem()
    {
        var generation = Generation.Of("using NanoRnn; [RnnModel(InputSize = 1), Dense(2)] partial class Model;");
        Assert.DoesNotContain("Model.Losses.g.cs", generation.Files.Keys);
        Assert.Empty(generation.Type("Model").GetMembers("Losses"));
    }

    [Fact]
    public void LocalsKeepTheirNames()
    {
        var text = Generation.Of(
            "using NanoRnn; " + Model + "{ static float F(float prediction, float target) { var error = prediction - target; return error * error; } }")
            .Files["Model.Losses.g.cs"];
        Assert.Contains("var error = prediction - target;\n                    return error * error;", text, StringComparison.Ordinal);
        Assert.Contains("var dError = error + error;\n                    return dError;", text, StringComparison.Ordinal);
    }

    /// <summary>The layers of another class come without its losses.</summary>
    [Fact]
    public void LossesAreOfTheirClassAlone()
    {
        var generation = Generation.Of(
            "using NanoRnn; [RnnModel(LayersOf = typeof(Model), TimeSteps = 3, BatchSize = 2), Loss(\"G\")] partial class Second { static float G(float y, float t) => y * t; } "
            + Model + "{ static float F(float y, float t) => y - t; }");
        generation.AssertCompiles();
        Assert.NotEmpty(generation.Type("Second+Losses").GetMembers("G"));
        Assert.Empty(generation.Type("Second+Losses").GetMembers("F"));
    }

    [Fact]
    public void LossNotFound() => AssertMistake("NRNN0021", "has a method 'F'", "static float G(float y, float t) => y;");

    [Theory]
    [InlineData("float F(float y, float t) => y;", "'Model.F' must be a static method that takes two floats, prediction and target, and returns a float: it is not static")]
    [InlineData("static double F(float y, float t) => y;", "it must return float")]
    [InlineData("static float F(float y, double t) => 1;", "it must have two parameters, of type float")]
    [InlineData("static float F(float y) => y;", "it must have two parameters")]
    [InlineData("static float F(float y, float t, float w) => y;", "it must have two parameters")]
    [InlineData("static float F(float y, in float t) => y;", "it must have two parameters")]
    [InlineData("static float F<T>(float y, float t) => y;", "it has type parameters")]
    [InlineData("static float F => 3;", "it is not a method")]
    public void NotALoss(string member, string message) => AssertMistake("NRNN0055", message, member);

    [Theory]
    [InlineData("static float F(float y, float t) => t * t;")]
    [InlineData("static float F(float y, float t) => 0;")]
    [InlineData("static float F(float y, float t) => y > t ? 1 : 0;")]
    [InlineData("static float F(float y, float t) { var isRight = (y > 0.5f) == (t > 0.5f) && !float.IsNaN(y); return isRight ? 0 : t; }")]
    public void LossWithoutSlope(string member) =>
        AssertMistake("NRNN0056", "'Model.F' cannot be minimised: its value does not depend on the prediction", member);

    [Theory]
    [InlineData("Loss(\"G\"), Loss(\"G\")", "'Model.Losses' cannot have the loss 'G': another attribute names the same method")]
    [InlineData("Loss(\"Losses\")", "'Model.Losses' cannot have the loss 'Losses': it is the name of the class itself")]
    [InlineData("Loss(\"Equals\")", "'Model.Losses' cannot have the loss 'Equals': every class has a member of this name")]
    [InlineData("Loss(\"GetType\")", "every class has a member of this name")]
    public void InvalidLossName(string attributes, string message)
    {
        var mistake = Assert.Single(Mistake.In(
            $"[RnnModel(InputSize = 1), Dense(2), {attributes}] partial class Model : Base; "
            + "class Base : Further { protected static float G(float y, float t) => y; protected static float Equals(float y, float t) => y; "
            + "protected static float GetType(float y, float t) => y; } class Further { protected static float Losses(float y, float t) => y; }"));
        Assert.Equal(("NRNN0057", attributes.Split(", ")[^1]), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static float F(float y, float t) => y % t;", "y % t", "NRNN0025", "the operator '%' cannot be a part of a function of numbers")]
    [InlineData("static float F(float y, float t) => F(t, y);", "F(t, y)", "NRNN0024", "calls itself")]
    [InlineData("static float F(float y, float t) => System.Convert.ToSingle(y);", "System.Convert.ToSingle(y)", "NRNN0023", "is not in this project")]
    public void BodyCannotBeCompiled(string member, string underlined, string id, string message) => AssertMistake(id, message, member, underlined);

    [Fact]
    public void MemberCollides() => AssertMistake(
        "NRNN0015", "'Losses': a member of this name is generated", "static float F(float y, float t) => y; static int Losses => 3;", "Losses");

    [Fact]
    public void LossWithoutAModel()
    {
        var mistake = Assert.Single(Mistake.In("[Loss(\"F\")] class Model;"));
        Assert.Equal(("NRNN0014", Attribute), (mistake.Id, mistake.Underlined));
        Assert.Contains("'Model' has layers or losses but no [RnnModel]", mistake.Message, StringComparison.Ordinal);
    }

    private static void AssertMistake(string id, string message, string members, string underlined = Attribute)
    {
        var mistake = Assert.Single(Mistake.In(Model + "{ " + members + " }"));
        Assert.Equal((id, underlined), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }
}
