using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>
/// What is allowed compiles without a word: with all warnings as errors, documentation demanded, arithmetic checked, without
/// unsafe blocks and without implicit usings.
/// </summary>
public sealed class ValidModelTests
{
    private const string Prefix = "using NanoRnn;\n";

    public static TheoryData<string> Types => [.. ValidTypes.All.Keys];

    public static TheoryData<string> TypesWithoutUsings => [.. ValidTypes.WithoutUsings.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryKindOfClassCompiles(string kind) => Generation.Of(Prefix + ValidTypes.All[kind]).AssertCompiles();

    [Theory]
    [MemberData(nameof(TypesWithoutUsings))]
    public void EveryWayToNameTheAttributesCompiles(string kind) => Generation.Of(ValidTypes.WithoutUsings[kind]).AssertCompiles();

    [Theory]
    [InlineData("SimpleRnn(20)")]
    [InlineData("SimpleRnn(20, UseBias = false, ReturnSequences = true, Activation = Activation.Relu, Name = \"own\")")]
    [InlineData("Lstm(20)")]
    [InlineData("Lstm(20, ReturnSequences = true)")]
    [InlineData("Lstm(20, UseBias = false)")]
    [InlineData("Lstm(20, UseBias = false, UnitForgetBias = false, ReturnSequences = true)")]
    [InlineData("Lstm(20, UnitForgetBias = false, Activation = Activation.Softsign, RecurrentActivation = Activation.HardSigmoid)")]
    [InlineData("Gru(20)")]
    [InlineData("Gru(20, ReturnSequences = true)")]
    [InlineData("Gru(20, UseBias = false)")]
    [InlineData("Gru(20, ResetAfter = false)")]
    [InlineData("Gru(20, ResetAfter = false, UseBias = false, ReturnSequences = true)")]
    [InlineData("Gru(20, ResetAfter = false, Activation = Activation.Linear, RecurrentActivation = Activation.Linear)")]
    [InlineData("Dense(20)")]
    [InlineData("Dense(20, UseBias = false)")]
    [InlineData("Dense(20, Activation = Activation.Relu, Name = \"Own_2\")")]
    public void EveryOptionCompiles(string layer) =>
        Generation.Of(Prefix + $"[RnnModel(InputSize = 3), {layer}] partial class Model;").AssertCompiles();

    [Theory]
    [MemberData(nameof(Activations))]
    public void EveryActivationCompilesInEveryLayer(Activation activation)
    {
        var option = $"Activation = Activation.{activation}";
        var dense = $"Dense(3, {option})";
        Generation.Of(Prefix + (activation == Activation.Softmax
            ? $"[RnnModel(InputSize = 2), {dense}, Dense(21, {option})] partial class Model;"
            : $"[RnnModel(InputSize = 2), SimpleRnn(4, {option}, ReturnSequences = true), Lstm(4, {option}, Recurrent{option}, ReturnSequences = true), "
                + $"Gru(4, {option}, Recurrent{option}), {dense}] partial class Model;"))
            .AssertCompiles();
    }

    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>().Distinct()];

    [Theory]
    [InlineData("Dense(3), Lstm(4)")]
    [InlineData("Normalization")]
    [InlineData("Normalization, Denormalization")]
    [InlineData("Masking, Normalization(Kind = NormalizationKind.MinMax), Dropout(0.1), Gru(4), Denormalization(Kind = NormalizationKind.MinMax)")]
    [InlineData("Lstm(4, ReturnSequences = true), Lstm(4)")]
    [InlineData("Gru(4, ReturnSequences = true), Dense(3), SimpleRnn(2)")]
    [InlineData("SimpleRnn(4, ReturnSequences = true), Gru(3, ReturnSequences = true)")]
    [InlineData("Lstm(20, ReturnSequences = true), Gru(17, ReturnSequences = true, ResetAfter = false), SimpleRnn(9), Dense(2)")]
    [InlineData("Dense(2), Dense(2), Dense(2), Dense(2, Activation = Activation.Softmax)")]
    [InlineData("Gru(3, ReturnSequences = true), Dense(4, Activation = Activation.Softmax), Lstm(3), Dense(5, Activation = Activation.Softmax)")]
    public void StacksCompile(string layers) =>
        Generation.Of(Prefix + $"[RnnModel(InputSize = 3), {layers}] partial class Model;").AssertEmits();

    /// <summary>Layers' names become names in the generated code; none of them may be taken there.</summary>
    [Fact]
    public void EveryLayerNameCompiles()
    {
        string[] names =
        [
            "class", "x", "y", "weights", "memory", "step", "Step", "predict", "predictRows", "forward", "Backward", "rows", "record", "cell",
            "tanh", "sigmoid", "vector512", "scalarKernels", "description", "session", "unsafe", "float", "model", "t", "a_b", "aB", "AB", "a__b",
        ];
        var source = string.Concat(names.Chunk(4).Select((chunk, i) =>
            $"[RnnModel(InputSize = 2), {string.Join(", ", chunk.Select(name => $"Gru(2, Name = \"{name}\", ReturnSequences = true)"))}] partial class Model{i};\n"));
        Generation.Of(Prefix + source).AssertCompiles();
    }

    [Fact]
    public void GeneratedMembersAreThePromisedOnes()
    {
        Generation.Of("""
            using System;
            using NanoRnn;
            /// <summary>A model.</summary>
            [RnnModel(InputSize = 2), Lstm(5, ReturnSequences = true), Dense(3)]
            public sealed partial class Forecaster;
            static class Program
            {
                const int Sizes = Forecaster.InputSize + Forecaster.OutputSize + Forecaster.ParameterCount;
                static void Main()
                {
                    ModelSummary summary = Forecaster.Summary;
                    var model = new Forecaster();
                    model = new Forecaster(seed: 42);
                    ReadOnlySpan<float> x = stackalloc float[4];
                    Span<float> y = stackalloc float[6];
                    model.Predict(x, y);
                    model.PredictBatch(x, 2, y);
                    using (Forecaster.Session session = model.CreateSession())
                    {
                        session.Step(x[..2], y[..3]);
                        session.Reset();
                    }
                    model.Save("file");
                    model = Forecaster.Load("file");
                    model = Forecaster.Load(new ReadOnlySpan<byte>([1, Sizes]));
                    var trainer = new Trainer<Forecaster>(model, new TrainerOptions
                    {
                        Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Adam(learningRate: 1e-3f), BatchSize = 32, TimeSteps = 10,
                    });
                    Console.WriteLine($"{summary} {trainer}");
                }
            }
            """).AssertEmits();
    }
}
