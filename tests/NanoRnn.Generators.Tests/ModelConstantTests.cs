using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Models that take constants of other models, and values that the generator cannot see: none is silently no model.</summary>
public sealed class ModelConstantTests
{
    private const string First = "[RnnModel(InputSize = 3, TimeSteps = 4, BatchSize = 2), Lstm(5, Direction = Direction.Bidirectional, ReturnSequences = true), Gru(6)] partial class First;";

    [Theory]
    [InlineData("[RnnModel(InputSize = First.OutputSize), Dense(2)] partial class Second;", 6, 2)]
    [InlineData("[RnnModel(InputSize = First.InputSize * 2 + 1), Gru(First.OutputSize)] partial class Second;", 7, 6)]
    [InlineData("[RnnModel(InputSize = Third.OutputSize), Dense(2)] partial class Second; [RnnModel(InputSize = First.OutputSize), Dense(First.OutputSize + 1)] partial class Third;", 7, 2)]
    [InlineData("static class Sizes { public const int Features = First.OutputSize; } [RnnModel(InputSize = Sizes.Features), Dense((int)Kind.B)] partial class Second; enum Kind { A = First.InputSize, B }", 6, 4)]
    [InlineData("[RnnModel(InputSize = 1), Dense(1), Lambda(nameof(F))] partial class Second { const float Scale = First.OutputSize; static float F(float x) => x * First.InputSize + Scale; }", 1, 1)]
    [InlineData("[RnnModel(InputSize = 1), CustomRnn(\"C\", 2)] partial class Second { [Cell] static CellDefinition C(CellBuilder cell) { var h = cell.Previous(\"h\"); return cell.Build((h, cell.Affine(\"a\", h) / First.OutputSize)); } }", 1, 2)]
    [InlineData("[RnnModel(InputSize = Outer<int>.Inner.OutputSize), Dense(2)] partial class Second; partial class Outer<T> { [RnnModel(InputSize = 2), Dense(9)] public partial class Inner; }", 9, 2)]
    public void ConstantIsTaken(string source, int inputSize, int outputSize)
    {
        var generation = Generation.Of("using NanoRnn; " + First + source);
        generation.AssertCompiles();
        Assert.Equal(inputSize, Constant(generation.Type("Second"), "InputSize"));
        Assert.Equal(outputSize, Constant(generation.Type("Second"), "OutputSize"));
    }

    /// <summary>Every constant that is generated can be taken, whichever they are.</summary>
    [Fact]
    public void EveryConstantIsTaken()
    {
        var type = Generation.Of("using NanoRnn; " + First.Replace(", Direction = Direction.Bidirectional", "", StringComparison.Ordinal)).Type("First");
        var constants = type.GetTypeMembers().Append(type)
            .SelectMany(container => container.GetMembers().OfType<IFieldSymbol>())
            .Where(field => field is { IsConst: true, DeclaredAccessibility: Accessibility.Public })
            .ToList();
        Assert.True(constants.Count > 10);
        var generation = Generation.Of(
            "using NanoRnn; " + First.Replace(", Direction = Direction.Bidirectional", "", StringComparison.Ordinal)
            + string.Concat(constants.Select((field, i) => $"[RnnModel(InputSize = 1, MemoryBudget = 100000 + {field.ToDisplayString()}), Dense(1)] partial class Model{i};")));
        generation.AssertCompiles();
    }

    [Theory]
    [InlineData("[RnnModel(InputSize = B.OutputSize), Dense(1)] partial class A; [RnnModel(InputSize = A.OutputSize), Dense(1)] partial class B;", "A B", "B A")]
    [InlineData("[RnnModel(InputSize = B.OutputSize), Dense(1)] partial class A; [RnnModel(InputSize = C.OutputSize), Dense(1)] partial class B; [RnnModel(InputSize = A.OutputSize), Dense(1)] partial class C;", "A B", "B C", "C A")]
    [InlineData("[RnnModel(InputSize = 2), Dense(A.InputSize)] partial class A;", "A A")]
    [InlineData("[RnnModel(InputSize = 2), Dense(1), Lambda(nameof(F))] partial class A { static float F(float x) => x / InputSize; }", "A A")]
    public void CircleIsReported(string source, params string[] needs)
    {
        var generation = Generation.Of("using NanoRnn; " + source);
        Assert.Empty(generation.Files);
        Assert.Equal(
            needs.Select(need => $"'{need[0]}' needs a constant of '{need[2]}', which is generated from one of '{need[0]}'"),
            Mistake.Of(generation).Where(mistake => mistake.Id == "NRNN0052").Select(mistake => mistake.Message));
        Assert.Equal(needs.Length, generation.Diagnostics.Length);
    }

    /// <summary>Another generator may declare it, and then the compiler would say nothing.</summary>
    [Theory]
    [InlineData("[RnnModel(InputSize = Made.ByOthers), Dense(1)] partial class A;", "Made")]
    [InlineData("[RnnModel(InputSize = 1), Dense(Made.ByOthers)] partial class A; static partial class Made;", "ByOthers")]
    [InlineData("[RnnModel(InputSize = 1), Dense(1), Lambda(nameof(F))] partial class A { static float F(float x) => x * Made.ByOthers; }", "Made")]
    [InlineData("[RnnModel(InputSize = 1), Dense(1), Lambda(nameof(F))] partial class A { static float F(float x) => x * Scale; const float Scale = Made.ByOthers; }", "Scale")]
    [InlineData("[RnnModel(InputSize = 1), Dense(Scale.Value)] partial class A; static class Scale { public const int Value = Made.ByOthers; }", "Scale.Value")]
    [InlineData("[RnnModel(InputSize = 1), CustomRnn(typeof(Made), \"F\", 2)] partial class A;", "Made")]
    public void ValueOfOthersIsReported(string source, string underlined)
    {
        var generation = Generation.Of("using NanoRnn; " + source);
        Assert.Empty(generation.Files);
        var mistake = Assert.Single(Mistake.Of(generation));
        Assert.Equal(("NRNN0051", underlined), (mistake.Id, mistake.Underlined));
    }

    /// <summary>The mistake is said of the one that has it; of the other the compiler says that the constant is missing.</summary>
    [Fact]
    public void ModelThatNeedsARefusedOneIsTheCompilers()
    {
        var generation = Generation.Of("using NanoRnn; [RnnModel(InputSize = 0), Dense(1)] partial class A; [RnnModel(InputSize = A.OutputSize), Dense(1)] partial class B;");
        Assert.Equal("NRNN0004", Assert.Single(Mistake.Of(generation)).Id);
        Assert.Contains(generation.CompilerDiagnostics(), diagnostic => diagnostic.Id == "CS0117");
    }

    private static object? Constant(INamedTypeSymbol type, string name) => Assert.IsAssignableFrom<IFieldSymbol>(Assert.Single(type.GetMembers(name))).ConstantValue;
}
