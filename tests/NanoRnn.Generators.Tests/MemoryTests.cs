using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NanoRnn.CompilerServices;
using NanoRnn.Generators.Planning;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Memory that is known at build time: budgets, and options that need each other.</summary>
public sealed partial class MemoryTests
{
    private const string Lstm = "Lstm(16), Dense(1)";

    [Fact]
    public void OverBudget()
    {
        var mistake = Assert.Single(Find("InputSize = 1, TimeSteps = 24, BatchSize = 8, MemoryBudget = 65536", Lstm));
        Assert.Equal(
            ("NRNN0032", "RnnModel(InputSize = 1, TimeSteps = 24, BatchSize = 8, MemoryBudget = 65536)"), (mistake.Id, mistake.Underlined));
        Assert.Equal(
            "'Model' needs 114,816 bytes for itself and training with Adam (BatchSize = 8, TimeSteps = 24), 49,280 more than its MemoryBudget of " +
            "65,536: weights 4,736, transposed kernels 4,096, gradients 4,736, optimizer 9,472, tape 89,984, batch 1,792. " +
            "What would fit: BatchSize = 3, or TimeSteps = 10, or CheckpointSteps = 9, or 8 units in 'lstm'.",
            mistake.Message);
    }

    /// <summary>What is suggested fits, and one more does not.</summary>
    [Theory]
    [InlineData("InputSize = 1", Lstm, 24, 8, 65536)]
    [InlineData("InputSize = 3", "LayerNormalization, Gru(37, ReturnSequences = true), Dropout(0.2f), Dense(5)", 50, 16, 400_000)]
    [InlineData("InputSize = 2", "Lstm(12, Direction = Direction.Bidirectional), Dense(2)", 40, 8, 150_000)]
    public void SuggestionsFit(string options, string layers, int timeSteps, int batchSize, int budget)
    {
        var units = int.Parse(UnitsOf().Match(layers).Value, null);
        var message = Assert.Single(Find(Options(timeSteps, batchSize), layers)).Message;
        Check("BatchSize = ", size => Find(Options(timeSteps, size), layers));
        Check("TimeSteps = ", steps => Find(Options(steps, batchSize), layers));
        if (layers.Contains("Bidirectional", StringComparison.Ordinal))
            Assert.DoesNotContain("CheckpointSteps", message, StringComparison.Ordinal);
        else
            Check("CheckpointSteps = ", steps => Find(Options(timeSteps, batchSize) + $", CheckpointSteps = {steps}", layers));
        Check("or ", number => Find(Options(timeSteps, batchSize), layers.Replace($"({units}", $"({number}", StringComparison.Ordinal)));

        string Options(int steps, int batch) => $"{options}, TimeSteps = {steps}, BatchSize = {batch}, MemoryBudget = {budget}";

        void Check(string name, Func<int, IEnumerable<Mistake>> find)
        {
            var fitting = message[message.IndexOf("What would fit", StringComparison.Ordinal)..];
            var number = int.Parse(Regex.Match(fitting, name + "(\\d+)").Groups[1].Value, null);
            Assert.Empty(find(number));
            Assert.Equal("NRNN0032", Assert.Single(find(number + 1)).Id);
        }
    }

    [Fact]
    public void ExactBudgetIsEnough()
    {
        Assert.Empty(Find("InputSize = 1, TimeSteps = 24, BatchSize = 8, MemoryBudget = 114816", Lstm));
        Assert.Contains(", 1 more than", Find("InputSize = 1, TimeSteps = 24, BatchSize = 8, MemoryBudget = 114815", Lstm).Single().Message, StringComparison.Ordinal);
    }

    /// <summary>Without numbers for training it is prediction that has to fit.</summary>
    [Fact]
    public void BudgetOfPrediction()
    {
        var message = Assert.Single(Find("InputSize = 1, MemoryBudget = 4096", Lstm)).Message;
        Assert.Contains("needs 6,332 bytes for itself, a session and a prediction, 2,236 more", message, StringComparison.Ordinal);
        Assert.Contains("weights 4,736, a session 320, a prediction 1,276. What would fit: 8 units in 'lstm'.", message, StringComparison.Ordinal);
        Assert.Empty(Find("InputSize = 1, MemoryBudget = 4096", "Lstm(8), Dense(1)"));
    }

    [Fact]
    public void NothingFits() => Assert.EndsWith(
        "What would fit: nothing that differs in one of these numbers.",
        Assert.Single(Find("InputSize = 300, TimeSteps = 9, BatchSize = 9, MemoryBudget = 100", Lstm)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("TimeSteps = 4", "TimeSteps needs BatchSize beside it: the memory of training depends on both")]
    [InlineData("BatchSize = 4", "BatchSize needs TimeSteps beside it")]
    [InlineData("CheckpointSteps = 4", "CheckpointSteps needs TimeSteps beside it")]
    [InlineData("CheckpointSteps = 4, TimeSteps = 8", "TimeSteps needs BatchSize beside it")]
    public void MissingNumbers(string options, string message) => AssertRefused("NRNN0033", message, options, Lstm);

    [Fact]
    public void DecodersNeedTargetSteps()
    {
        const string Layers = "Lstm(3), Decoder(1, 2), Embedding(4, 2), Lstm(3, ReturnSequences = true), Dense(4, Activation = Activation.Softmax)";
        AssertRefused("NRNN0033", "TimeSteps needs TargetSteps beside it", "TimeSteps = 4, BatchSize = 2", Layers);
        AssertRefused("NRNN0033", "TargetSteps needs TimeSteps beside it", "TargetSteps = 3", Layers);
        AssertRefused("NRNN0007", "TargetSteps does not apply to 'RnnModel': it is the length of a decoder's targets", "TimeSteps = 4, BatchSize = 2, TargetSteps = 3", Lstm);
        var budget = Assert.Single(Find("InputSize = 1, MemoryBudget = 1000", Layers));
        Assert.Equal("NRNN0033", budget.Id);
        Assert.Contains("MemoryBudget needs TimeSteps, BatchSize and TargetSteps beside it: 'Model' predicts from whole sequences", budget.Message, StringComparison.Ordinal);
        Assert.Contains(
            "TargetSteps = 5), ",
            Find("InputSize = 1, TimeSteps = 4, BatchSize = 2, TargetSteps = 5, MemoryBudget = 1000", Layers).Single().Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TimeSteps = 0, BatchSize = 1", "TimeSteps must be between 1 and 65536, but is 0")]
    [InlineData("TimeSteps = 9, BatchSize = 65537", "BatchSize must be between 1 and 65536, but is 65537")]
    [InlineData("TimeSteps = 9, BatchSize = 2, CheckpointSteps = 10", "CheckpointSteps must be between 1 and 9, but is 10")]
    [InlineData("MemoryBudget = -1", "MemoryBudget must be between 1 and 2147483647, but is -1")]
    public void NumbersOutOfRange(string options, string message) => AssertRefused("NRNN0004", message, options, Lstm);

    [Theory]
    [InlineData("Lstm(3, Direction = Direction.Bidirectional), Dense(1)", "'lstm' goes both ways")]
    [InlineData("Dense(2), Gru(3, GoBackwards = true)", "'gru' goes backwards")]
    [InlineData("Lstm(3), RepeatVector(4), Lstm(2)", "'repeat_vector' repeats a vector")]
    [InlineData("Gru(3, GoBackwards = true, ReturnSequences = true)", "'gru' goes backwards")]
    public void CheckpointsNeedSteps(string layers, string message)
    {
        var mistake = Assert.Single(Find("InputSize = 1, TimeSteps = 8, BatchSize = 2, CheckpointSteps = 4", layers));
        Assert.Equal("NRNN0034", mistake.Id);
        Assert.Contains("CheckpointSteps does not apply to 'Model': " + message, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherModelsHaveCheckpoints() =>
        Assert.Empty(Find("InputSize = 1, TimeSteps = 8, BatchSize = 2, CheckpointSteps = 4", "Masking, Gru(3, ReturnSequences = true), Dropout(0.1f), Lstm(2)"));

    /// <summary>The constants of scratch memory are the sizes of what is allocated on the stack.</summary>
    [Theory]
    [InlineData("RnnModel(InputSize = 1), Lstm(16), Dense(1)")]
    [InlineData("RnnModel(InputSize = 2), Masking, Gru(40), Dense(1)")]
    [InlineData("RnnModel, Embedding(9, 20), SimpleRnn(100, ReturnSequences = true), LayerNormalization")]
    public void ScratchIsWhatIsOnTheStack(string attributes)
    {
        var file = Generation.Of($"using NanoRnn; [{attributes}] partial class Model;").MainFile("Model");
        var stack = StackAllocation().Matches(file).Select(match => (int.Parse(match.Groups[1].Value, null) + StackMemory.Slack) * sizeof(float)).ToList();
        Assert.Equal(stack[0], Constant(file, "PredictScratchBytes"));
        Assert.Equal(stack[^1], Constant(file, "PredictBatchScratchBytes"));
    }

    [Fact]
    public void LargeNumbersAreLongs()
    {
        var file = Generation.Of("using NanoRnn; [RnnModel(InputSize = 1, TimeSteps = 600, BatchSize = 512), Lstm(512)] partial class Model;").MainFile("Model");
        Assert.Contains("public const long TapeBytes = ", file, StringComparison.Ordinal);
        Assert.Contains("public const int WeightBytes = ", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public Model(MemoryArena arena, int seed) { }", "a constructor that takes an arena and a seed is generated")]
    [InlineData("class Memory { }", "a member of this name is generated")]
    public void GeneratedMembersAreReserved(string member, string reason)
    {
        var mistake = Assert.Single(Mistake.In($"[RnnModel(InputSize = 1), Lstm(2)] partial class Model {{ {member} }}"));
        Assert.Equal("NRNN0015", mistake.Id);
        Assert.Contains(reason, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PragmaWorksOnTheBudget() =>
        Assert.Empty(Mistake.Of(Generation.Of(
            "#pragma warning disable NRNN0032\nusing NanoRnn; [RnnModel(InputSize = 1, MemoryBudget = 100), Lstm(2)] partial class Model;")));

    private static int Constant(string file, string name) =>
        int.Parse(Regex.Match(file, $"const int {name} = (\\d+);").Groups[1].Value, null);

    /// <summary>What is said of a model that is generated all the same.</summary>
    private static IReadOnlyList<Mistake> Find(string options, string layers)
    {
        var generation = Generation.Of($"using NanoRnn; [RnnModel({options}), {layers}] partial class Model;");
        Assert.NotEmpty(generation.Files);
        Assert.Empty(generation.CompilerDiagnostics());
        return Mistake.Of(generation);
    }

    private static void AssertRefused(string id, string message, string options, string layers)
    {
        var mistake = Assert.Single(Mistake.In($"[RnnModel(InputSize = 1, {options}), {layers}] partial class Model;"));
        Assert.Equal((id, $"RnnModel(InputSize = 1, {options})"), (mistake.Id, mistake.Underlined));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<=Lstm\(|Gru\()\d+")]
    private static partial Regex UnitsOf();

    [GeneratedRegex(@"stackalloc float\[(\d+) \+")]
    private static partial Regex StackAllocation();
}
