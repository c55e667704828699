using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Differentiation;
using NanoRnn.Generators.Emission;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>A fault of the generator's own stops one model, and is reported there with the room that it is in.</summary>
public sealed class InternalErrorTests
{
    private const string Models = """
        using NanoRnn;
        [RnnModel(InputSize = 1), Lstm(2)] partial class Bad;
        [RnnModel(InputSize = 1), Lstm(2)] partial class Good;
        """;

    public static TheoryData<string, Action> Faults => new()
    {
        { "Parsing (TypeParser.Parse)", () => TypeParser.Parse(null!, null!, default, []) },
        { "Lowering (NetworkBuilder.Build)", () => NetworkBuilder.Build(null!) },
        { "Differentiation (Differentiator.", () => Differentiator.Differentiate(null!) },
        { "Planning (MemoryPlan.", () => _ = new MemoryPlan(null!).Weights },
        { "Emission (ModelEmitter.", () => ModelEmitter.Emit(null!) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void FaultStopsItsModelAlone(string room, Action fault)
    {
        var generation = Generation.By(
            new RnnModelGenerator(ModelParser.Parse, (model, widths, cancellation) =>
            {
                if (model.Type.DisplayName == "Bad")
                    fault();
                return ModelCompiler.Compile(model, widths, cancellation);
            }),
            Models);
        AssertBadAlone(generation, room);
    }

    [Fact]
    public void FaultInParsingStopsItsModelAlone() => AssertBadAlone(
        Generation.By(
            new RnnModelGenerator(
                (context, cancellation) => context.TargetSymbol.Name == "Bad"
                    ? throw new InvalidOperationException("first line\nsecond line")
                    : ModelParser.Parse(context, cancellation),
                ModelCompiler.Compile),
            Models),
        "the generator stopped with InvalidOperationException: first line second line");

    [Fact]
    public void EndOfTheCompilersPatienceIsNoFault()
    {
        var source = new CancellationTokenSource();
        var generator = new RnnModelGenerator(ModelParser.Parse, (model, widths, cancellation) =>
        {
            source.Cancel();
            cancellation.ThrowIfCancellationRequested();
            return ModelCompiler.Compile(model, widths, cancellation);
        });
        Assert.Throws<OperationCanceledException>(
            () => Generation.CreateDriver(generator: generator).RunGenerators(Generation.Compile(Models), source.Token));
    }

    private static void AssertBadAlone(Generation generation, string room)
    {
        var mistake = Assert.Single(Mistake.Of(generation));
        Assert.Equal("NRNN0050", mistake.Id);
        Assert.Contains("Bad", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(room, mistake.Message, StringComparison.Ordinal);
        Assert.True(mistake.Underlined is "Bad" or "RnnModel(InputSize = 1)", mistake.Underlined);
        Assert.NotEmpty(generation.Files);
        Assert.All(generation.Files.Keys, name => Assert.StartsWith("Good.", name, StringComparison.Ordinal));
    }
}
