using System.Globalization;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>A project may say which vector widths it wants kernels for.</summary>
public class VectorWidthTests
{
    private const string Property = "NanoRnnVectorWidths";

    private const string Source = """
        using NanoRnn;
        [RnnModel(InputSize = 2)] [Lstm(20, ReturnSequences = true)] [Gru(3)] [Dense(5, Activation = Activation.Softmax)]
        public sealed partial class Model;
        """;

    [Theory]
    [InlineData("128", "128")]
    [InlineData("256", "256")]
    [InlineData("512", "512")]
    [InlineData("512,128", "128 512")]
    [InlineData(" 256, 512 ", "256 512")]
    [InlineData("128 128", "128")]
    [InlineData("", "128 256 512")]
    [InlineData("  ", "128 256 512")]
    public void KernelsAreThereForTheWidthsAskedForAndForPlainFloats(string property, string expected)
    {
        var generation = Generation.WithProperty(Property, property, Source);
        generation.AssertEmits();
        var kernels = generation.Files.Keys.Where(name => name.EndsWith("Kernels.g.cs", StringComparison.Ordinal));
        Assert.Equal(
            ["Model.ScalarKernels.g.cs", .. expected.Split(' ').Select(width => $"Model.Vector{width}Kernels.g.cs")], kernels);
    }

    /// <summary>
    /// With 16 registers, numbers that functions keep in them push the values of a step's longest chain to the stack.
    /// </summary>
    [Fact]
    public void FunctionsReadTheirNumbersFromMemoryWhereRegistersAreFew()
    {
        var files = Generation.Of(Source).Files;
        const string Read = "Vector256.Create(numbers.N9_010914)";
        Assert.Contains(Read, files["Model.Vector256Kernels.g.cs"], StringComparison.Ordinal);
        Assert.Contains("public volatile float N9_010914;", files["Model.Vector256Kernels.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("numbers", files["Model.Vector512Kernels.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("numbers", files["Model.Vector128Kernels.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1024", "1024")]
    [InlineData("512,64", "64")]
    [InlineData("avx2", "avx2")]
    [InlineData("256;512", "256;512")]
    public void AnUnknownWidthIsAnErrorOfTheProject(string property, string word)
    {
        var generation = Generation.WithProperty(Property, property, Source);
        var diagnostic = Assert.Single(generation.Diagnostics);
        Assert.Equal("NRNN0016", diagnostic.Id);
        Assert.Contains($"'{word}'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.NotEmpty(generation.Files);
    }
}
