using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Models of reduced precision: what is generated for them and what is not.</summary>
public sealed class PrecisionTests
{
    private const string Layers = "Lstm(20, ReturnSequences = true, RecurrentDropout = 0.1f), Dropout(0.5f), Gru(17, ResetAfter = false), Dense(6, Activation = Activation.Softmax)";

    public static TheoryData<Precision> Reduced => [Precision.BFloat16, Precision.Float16, Precision.Int8];

    [Fact]
    public void PrecisionsAreTheLibrarys() =>
        Assert.Equal(
            Enum.GetValues<Precision>().Select(value => ((int)value, value.ToString())),
            Enum.GetValues<PrecisionKind>().Select(value => ((int)value, value.ToString())));

    [Theory]
    [MemberData(nameof(Reduced))]
    public void NoTrainingCodeIsGenerated(Precision precision)
    {
        var generation = Generate(precision, Layers);
        generation.AssertEmits();
        foreach (var text in generation.Files.Values)
        {
            foreach (var word in new[] { "Backward", "Forward", "Gradient", "Records", "Recording", "Transpos", "TrainingWorkspace", "IRnnModel", "Tape" })
                Assert.DoesNotContain(word, text.Replace("GradientPieces = 0", "").Replace("TransposedLength = 0", ""), StringComparison.Ordinal);
        }

        var type = generation.Type("Model");
        Assert.DoesNotContain(type.AllInterfaces, contract => contract.Name is "IRnnModel");
        Assert.Contains(type.AllInterfaces, contract => contract.Name is "IPackedModel");
        Assert.All(type.InstanceConstructors, constructor => Assert.Equal(Microsoft.CodeAnalysis.Accessibility.Private, constructor.DeclaredAccessibility));
    }

    [Theory]
    [InlineData("SimpleRnn(70)")]
    [InlineData("SimpleRnn(1), Dense(1)")]
    [InlineData("Lstm(3, UseBias = false, Direction = Direction.Bidirectional), Dense(5)")]
    [InlineData("Gru(33, GoBackwards = true, ReturnSequences = true), Gru(9, ResetAfter = false), Dense(40)")]
    [InlineData("Dense(3)")]
    [InlineData("Masking, Normalization, Lstm(8), Dense(5), Denormalization")]
    [InlineData("LayerNormalization, Lstm(8), RepeatVector(3), Gru(5, ReturnSequences = true), Activation(Activation.Relu)")]
    public void EveryStackCompiles(string layers)
    {
        foreach (var precision in Reduced)
            Generate(precision, layers).AssertEmits();
    }

    [Fact]
    public void FloatsAreTheDefaultAndMayBeSaid()
    {
        var said = Generate(Precision.Float32, Layers);
        var unsaid = Generation.Of($"using NanoRnn; [RnnModel(InputSize = 5), {Layers}] partial class Model;");
        Assert.Equal(unsaid.Files, said.Files);
    }

    [Fact]
    public void ATrainerDoesNotCompile()
    {
        var generation = Generation.Of(
            $"using NanoRnn; [RnnModel(InputSize = 5, Precision = Precision.BFloat16), {Layers}] partial class Model; class User {{ Trainer<Model>? _trainer = null; }}");
        Assert.Empty(generation.Diagnostics);
        Assert.Contains(generation.CompilerDiagnostics(), diagnostic => diagnostic.Id == "CS0311");
    }

    [Fact]
    public void ItsConstructorIsNotTheUsers()
    {
        var mistake = Assert.Single(Mistake.In(
            "[RnnModel(InputSize = 5, Precision = Precision.Float16), Lstm(4)] partial class Model { public Model(int seed) { } }"));
        Assert.Equal(
            new Mistake("NRNN0015", "Model", "'Model' cannot declare this constructor: a model of Float16 weights is made by Load or From"), mistake);
    }

    [Fact]
    public void FromIsTheUsersWhereItIsNotGenerated()
    {
        const string Members = "{ public static Model From(WeightCollection weights) => throw new System.InvalidOperationException(); }";
        Generation.Of($"using NanoRnn; [RnnModel(InputSize = 5), Lstm(4)] partial class Model {Members}").AssertCompiles();
        var mistake = Assert.Single(Mistake.In($"[RnnModel(InputSize = 5, Precision = Precision.BFloat16), Lstm(4)] partial class Model {Members}"));
        Assert.Equal(new Mistake("NRNN0015", "From", "'Model' cannot declare 'From': a method with these parameters is generated"), mistake);
    }

    [Fact]
    public void AnUnknownPrecisionIsReported()
    {
        var mistake = Assert.Single(Mistake.In("[RnnModel(InputSize = 5, Precision = (Precision)17), Lstm(4)] partial class Model;"));
        Assert.Equal(
            new Mistake("NRNN0011", "RnnModel(InputSize = 5, Precision = (Precision)17)", "Precision = 17 on 'Model' is not a member of NanoRnn.Precision"),
            mistake);
    }

    [Fact]
    public void CheckpointsAreForTraining()
    {
        var mistake = Assert.Single(Mistake.In(
            "[RnnModel(InputSize = 5, Precision = Precision.BFloat16, CheckpointSteps = 8), Lstm(4)] partial class Model;"));
        Assert.Equal("NRNN0007", mistake.Id);
        Assert.Equal("CheckpointSteps does not apply to 'Model': weights of BFloat16 are for prediction only", mistake.Message);
    }

    [Theory]
    [InlineData("LayerNormalization, Dense(4)")]
    [InlineData("Dropout(0.5f), LayerNormalization, Activation(Activation.Relu), Dense(1)")]
    public void AModelWithNothingToReduceIsGeneratedWithAWarning(string layers)
    {
        var generation = Generate(Precision.BFloat16, layers);
        Assert.NotEmpty(generation.Files);
        var mistake = Assert.Single(Mistake.Of(generation));
        Assert.Equal("NRNN0038", mistake.Id);
        Assert.Equal("RnnModel(InputSize = 5, Precision = Precision.BFloat16)", mistake.Underlined);
        Assert.StartsWith("'Model' has no weights that could be stored as BFloat16", mistake.Message, StringComparison.Ordinal);
        generation = Generate(Precision.Float32, layers);
        Assert.Empty(generation.Diagnostics);
    }

    /// <summary>Which kernels are reduced depends on the layers that are there in prediction, and on how many rows a kernel has.</summary>
    [Theory]
    [InlineData(Precision.BFloat16, "Dropout(0.5f), Dense(4)", true)]
    [InlineData(Precision.Float16, "Masking, Dense(2), Lstm(1)", true)]
    [InlineData(Precision.Int8, "Dense(40)", true)]
    [InlineData(Precision.Int8, "LayerNormalization, Dense(4)", false)]
    [InlineData(Precision.Int8, "Lambda(\"F\"), Dense(4)", false)]
    public void WarningIsTrue(Precision precision, string layers, bool isReduced)
    {
        var generation = Generation.Of($"using NanoRnn; [RnnModel(InputSize = 5, Precision = Precision.{precision}), {layers}] partial class Model {{ static float F(float x) => x; }}");
        Assert.Equal(isReduced ? [] : ["NRNN0038"], generation.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    private static Generation Generate(Precision precision, string layers) =>
        Generation.Of($"using NanoRnn; [RnnModel(InputSize = 5, Precision = Precision.{precision}), {layers}] partial class Model;");
}
