using System.Text.RegularExpressions;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Sizes are 64-bit numbers. What no buffer can have is said when the model is compiled.</summary>
public sealed partial class SizeTests
{
    [Theory]
    [InlineData(
        "InputSize = 1", "SimpleRnn(2), Dense(65536), RepeatVector(65536), Dense(1)",
        "its prediction takes 4,295,2", "1,073,741,")]
    [InlineData("InputSize = 1", "Lstm(2), RepeatVector(65536), Dense(65536)", "its output takes 4,294,967,296 floats", "2,147,483,")]
    [InlineData("InputSize = 1", "Lstm(2), RepeatVector(65536), Dense(12000)", "its training takes 2,", "2,147,483,")]
    [InlineData(
        "InputSize = 1, TimeSteps = 9, BatchSize = 2, MemoryBudget = 1000", "SimpleRnn(2), RepeatVector(65536), Dense(65536)",
        "its output takes", "2,147,483,")]
    [InlineData(
        "InputSize = 1, Precision = Precision.Int8", "SimpleRnn(5), RepeatVector(65536), Dense(16400)",
        "its prediction takes 1,", "1,073,741,")]
    public void SequenceThatNoBufferHolds(string options, string layers, string size, string limit)
    {
        var mistake = Assert.Single(Mistake.In($"[RnnModel({options}), {layers}] partial class Model;"));
        Assert.Equal(("NRNN0045", $"RnnModel({options})"), (mistake.Id, mistake.Underlined));
        Assert.Contains("'Model' is too large: " + size, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("for one step of one sequence, more than the " + limit, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TimeSteps = 60000, BatchSize = 512", "Lstm(512)", "its tape would take ")]
    [InlineData("TimeSteps = 65536, BatchSize = 65536", "Lstm(1)", "its inputs would take 17,179,869,184 bytes")]
    [InlineData("TimeSteps = 65536, BatchSize = 65536", "Lstm(1, Direction = Direction.Bidirectional, ReturnSequences = true)", "its inputs would")]
    [InlineData("TimeSteps = 4, BatchSize = 65536", "Lstm(2), RepeatVector(1000), Dense(100)", "its targets would take ")]
    public void BatchThatNoBufferHolds(string options, string layers, string size)
    {
        var generation = Generation.Of($"using NanoRnn; [RnnModel(InputSize = 1, {options}), {layers}] partial class Model;");
        var mistake = Assert.Single(Mistake.Of(generation));
        Assert.NotEmpty(generation.Files);
        Assert.Empty(generation.CompilerDiagnostics());
        Assert.Equal(("NRNN0046", $"RnnModel(InputSize = 1, {options})"), (mistake.Id, mistake.Underlined));
        Assert.Contains("'Model' cannot be trained with BatchSize = ", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(size, mistake.Message, StringComparison.Ordinal);
    }

    /// <summary>The largest sizes that there are in the source, and numbers beyond 32 bits in what is generated from them.</summary>
    [Theory]
    [InlineData("RnnModel(InputSize = 65536), Activation(Activation.Tanh), LayerNormalization, Dense(1)")]
    [InlineData("RnnModel(InputSize = 65536), LayerNormalization, SimpleRnn(65, Direction = Direction.Bidirectional)")]
    [InlineData("RnnModel(InputSize = 1), Lstm(2), RepeatVector(65536), Dense(2000)")]
    [InlineData("RnnModel(InputSize = 1), Lstm(2), RepeatVector(65536), Gru(100, ReturnSequences = true), Dense(1)")]
    [InlineData("RnnModel, Embedding(65536, 4096), Lstm(5), Decoder(1, 2), Embedding(9, 3), Lstm(5, ReturnSequences = true), Dense(9, Activation = Activation.Softmax)")]
    public void LargeSizesCompile(string attributes) => Generation.Of($"using NanoRnn; [{attributes}] partial class Model;").AssertCompiles();

    [Fact]
    public void TapeIsCheckedArithmetic() => Assert.Matches(
        Checked(), Generation.Of("using NanoRnn; [RnnModel(InputSize = 1), Lstm(2)] partial class Model;").MainFile("Model"));

    [Theory]
    [InlineData("RnnModel(InputSize = 1), Dense(65536), LayerNormalization", "ScratchMemory.GetZeros(", "a thread's", true)]
    [InlineData("RnnModel(InputSize = 1), Lstm(16), Dense(1)", "stackalloc float[", "on the stack", false)]
    public void LargeScratchIsTheThreads(string attributes, string memory, string place, bool isThreads)
    {
        var file = Generation.Of($"using NanoRnn; [{attributes}] partial class Model;").MainFile("Model");
        Assert.Equal(2, Regex.Count(file, Regex.Escape(memory)));
        Assert.Equal(!isThreads, file.Contains("stackalloc", StringComparison.Ordinal));
        Assert.Contains($"A prediction from one sequence, while it runs, {place}", file, StringComparison.Ordinal);
        Assert.Equal(isThreads, file.Contains("Allocates nothing, but memory for the first prediction of a thread", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"GetTapeLength\(int rows, int timeSteps, int targetSteps\) => checked\(rows \* \(\d+L \* timeSteps \+ \d+\)\);")]
    private static partial Regex Checked();
}
