using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Models that random search found to stop the generator, or to come out as code that does not compile.</summary>
public sealed class UnusualModelTests
{
    [Theory]
    [InlineData("Lstm(5), Dropout(0.1f), RepeatVector(3), Dense(4)")]
    [InlineData("Gru(5), Dropout(0.1f), Dropout(0.5f), RepeatVector(3), SimpleRnn(4, Dropout = 0.2f)")]
    [InlineData("Lstm(5, Direction = Direction.Bidirectional), Dropout(0.1f), RepeatVector(3), Gru(4, GoBackwards = true, ReturnSequences = true), Dropout(0.1f)")]
    public void DropoutMayStandAnywhere(string layers)
    {
        foreach (var precision in Enum.GetValues<Precision>())
            InOneWidth($"using NanoRnn; [RnnModel(InputSize = 2, Precision = Precision.{precision}), {layers}] partial class Model;").AssertEmits();
    }

    /// <summary>As a cell is while it is written: gates and weights that nothing uses yet, or only what an earlier stage has.</summary>
    [Theory]
    [InlineData("var a = cell.Affine(\"a\"); return cell.Build((h, h));")]
    [InlineData("var a = cell.Affine(\"a\", h); var b = cell.Affine(\"b\", cell.Gate(a)); return cell.Build((h, a));")]
    [InlineData("var a = cell.Affine(\"a\", h); var b = cell.Affine(\"b\", cell.Gate(h)); return cell.Build((h, -1f));")]
    [InlineData("var w = cell.Weight(\"w\"); var a = cell.Affine(\"a\", cell.Activate(h), useBias: false); return cell.Build((h, w - h));")]
    [InlineData("var w = cell.Weight(\"w\"); var a = cell.Affine(\"a\"); return cell.Build((h, 0.5f * h));")]
    public void GateThatNothingUsesCompiles(string body)
    {
        foreach (var direction in new[] { "", ", Direction = Direction.Bidirectional", ", ReturnSequences = true, RecurrentDropout = 0.1f" })
            InOneWidth(
                $"using NanoRnn; [RnnModel(InputSize = 2), CustomRnn(\"F\", 33{direction})] partial class Model "
                + $"{{ [Cell] static CellDefinition F(CellBuilder cell) {{ var h = cell.Previous(\"h\"); {body} }} }}").AssertEmits();
    }

    [Fact]
    public void BudgetOfADecoderThatIsNotTrainedIsRefused()
    {
        var generation = Generation.Of("""
            using NanoRnn;
            [RnnModel(InputSize = 3, Precision = Precision.BFloat16, TimeSteps = 4, BatchSize = 2, TargetSteps = 7, MemoryBudget = 1000000), Lstm(8), Decoder(1, 2), Embedding(5, 3), Lstm(8, ReturnSequences = true), Dense(5, Activation = Activation.Softmax)]
            partial class Model;
            """);
        Assert.Equal(
            "MemoryBudget does not apply to 'Model': weights of BFloat16 are not trained, and what a decoder takes depends on its output's length and its beam's width",
            Assert.Single(Mistake.Of(generation)).Message);
    }

    [Fact]
    public void DecoderWithOtherStatesThanItsEncoderIsRefused()
    {
        const string Cell = "[Cell] static CellDefinition One(CellBuilder cell) { var h = cell.Previous(\"h\"); return cell.Build((h, cell.Affine(\"a\", h))); } "
            + "[Cell] static CellDefinition Two(CellBuilder cell) { var h = cell.Previous(\"h\"); var c = cell.Previous(\"c\"); return cell.Build((h, cell.Affine(\"a\", h)), (c, h)); }";
        var generation = Generation.Of(
            "using NanoRnn; [RnnModel(InputSize = 3), CustomRnn(\"One\", 8), Decoder(1, 2), Embedding(5, 3), CustomRnn(\"Two\", 8, ReturnSequences = true), Dense(5, Activation = Activation.Softmax)] "
            + $"partial class Model {{ {Cell} }}");
        Assert.Equal(
            "The decoder of 'Model' cannot start 'custom_rnn_1' (CustomRnn, 8 units, 2 states) where the encoder's 'custom_rnn' (CustomRnn, 8 units, 1 states) ended",
            Assert.Single(Mistake.Of(generation)).Message);
    }

    /// <summary>Two types of one name, as after a copy; the compiler says so, and the other models stay.</summary>
    [Fact]
    public void TypesOfOneNameAreTheCompilers()
    {
        var generation = Generation.Of(
            "using NanoRnn; [RnnModel(InputSize = 1), Dense(2)] partial class Model; [RnnModel(InputSize = 1), Dense(3)] partial record Model; [RnnModel(InputSize = 1), Dense(3)] partial class Other;");
        Assert.Empty(generation.Diagnostics);
        Assert.Contains(generation.CompilerDiagnostics(), diagnostic => diagnostic.Id is "CS0101" or "CS0261");
        Assert.Contains("Other.g.cs", generation.Files.Keys);
    }

    /// <summary>What is the matter with these models is the same in every width.</summary>
    private static Generation InOneWidth(string source) => Generation.WithProperty("NanoRnnVectorWidths", "128", source);
}
