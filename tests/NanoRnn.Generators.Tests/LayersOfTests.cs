using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Models that have their layers from another class.</summary>
public sealed class LayersOfTests
{
    private const string Functions = "static float Mish(float x) => x * MathF.Tanh(MathF.Log(1 + MathF.Exp(MathF.Min(x, 20))));";
    private const string First = "using System; using NanoRnn; [RnnModel(InputSize = 3, TimeSteps = 4, BatchSize = 2)] [Lstm(5, ReturnSequences = true)] "
        + "[Gru(6, ActivationMethod = nameof(Mish), Name = \"last\")] [Dense(2, KernelL2 = 0.01)] ";

    [Theory]
    [InlineData("")]
    [InlineData(", Precision = Precision.Int8")]
    [InlineData(", TimeSteps = 7, BatchSize = 3")]
    public void TextIsThatOfTheLayersRepeated(string options)
    {
        var taken = Generation.Of(
            $"{First} partial class First {{ private {Functions} }} [RnnModel(LayersOf = typeof(First){options})] partial class Second;");
        var repeated = Generation.Of(
            $"{First.Replace(", TimeSteps = 4, BatchSize = 2", options, StringComparison.Ordinal)} partial class Second {{ private {Functions} }}");

        taken.AssertCompiles();
        Assert.Equal(
            repeated.Files["Second.g.cs"].Replace("Second.Mish", "First.Mish", StringComparison.Ordinal), taken.Files["Second.g.cs"]);
        Assert.True(taken.Files.ContainsKey("First.g.cs"));
    }

    [Theory]
    [InlineData("[RnnModel(LayersOf = typeof(First)), Dense(1)] partial class Second;", "'Second' cannot take the layers of 'First': 'Second' has layers of its own")]
    [InlineData("[RnnModel(LayersOf = typeof(First), InputSize = 3)] partial class Second;", "InputSize comes with the layers: leave it out")]
    [InlineData("[RnnModel(LayersOf = typeof(string))] partial class Second;", "'Second' cannot take the layers of 'string': it is no class with [RnnModel]")]
    [InlineData("[RnnModel(LayersOf = typeof(int[]))] partial class Second;", "'Second' cannot take the layers of 'typeof(int[])': it is no class")]
    [InlineData("[RnnModel(LayersOf = null)] partial class Second;", "'Second' cannot take the layers of 'null': it is no class")]
    [InlineData("[RnnModel(LayersOf = typeof(Third))] partial class Second; [RnnModel(LayersOf = typeof(First))] partial class Third;", "it takes its layers from another class: name that one")]
    [InlineData("[RnnModel(LayersOf = typeof(Second))] partial class Second;", "it takes its layers from another class: name that one")]
    public void MistakeIsReported(string source, string message)
    {
        var mistake = Assert.Single(Mistake.Of(Generation.Of($"{First} partial class First {{ private {Functions} }} {source}")));
        Assert.Equal("NRNN0054", mistake.Id);
        Assert.StartsWith("RnnModel(LayersOf = ", mistake.Underlined, StringComparison.Ordinal);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    /// <summary>It is said where it is, once.</summary>
    [Theory]
    [InlineData("[RnnModel(InputSize = 0), Dense(1)] partial class First;", "NRNN0004")]
    [InlineData("[RnnModel(InputSize = 2), Dense(0)] partial class First;", "NRNN0004")]
    [InlineData("[RnnModel(InputSize = 2)] partial class First;", "NRNN0003")]
    [InlineData("[RnnModel(InputSize = 2), Gru(2), Lstm(2)] partial class First;", "NRNN0005")]
    public void MistakeOfTheOtherIsSaidThere(string first, string id) =>
        Assert.Equal(id, Assert.Single(Mistake.In($"{first} [RnnModel(LayersOf = typeof(First))] partial class Second;")).Id);

    /// <summary>What the other has to wait for, the model waits for too.</summary>
    [Fact]
    public void LayersThatNeedAConstantOfAThirdModelAreTaken()
    {
        var generation = Generation.Of(
            "using NanoRnn; [RnnModel(InputSize = 2), Dense(3)] partial class First; " +
            "[RnnModel(InputSize = 1), Dense(1), Lambda(nameof(F))] partial class Second { static float F(float x) => x * First.OutputSize; } " +
            "[RnnModel(LayersOf = typeof(Second))] partial class Third;");
        generation.AssertCompiles();
        Assert.True(generation.Files.ContainsKey("Third.g.cs"));
    }

    /// <summary>The compiler reports a class that is not there, and the generator one that another generator may write.</summary>
    [Fact]
    public void ClassThatIsNotSeenIsReported()
    {
        var generation = Generation.Of("using NanoRnn; [RnnModel(LayersOf = typeof(Missing))] partial class Second;");
        Assert.Empty(generation.Files);
        Assert.Equal("NRNN0051", Assert.Single(Mistake.Of(generation)).Id);
    }
}
