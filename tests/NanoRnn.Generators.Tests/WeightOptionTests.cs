using System.Globalization;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>What attributes ask of a layer's weights is in the generated layout.</summary>
public sealed class WeightOptionTests
{
    private const string Prefix = "Initializer = global::NanoRnn.Initializer.";

    [Fact]
    public void DefaultsAreKerasDefaultsWithoutPenalties()
    {
        var tensors = Tensors("[RnnModel(InputSize = 1)] [Lstm(3, ReturnSequences = true)] [Gru(3)] [Dense(1)]");
        Assert.Equal(
            [
                "lstm.kernel GlorotUniform", "lstm.recurrent_kernel Orthogonal", "lstm.bias Zeros, UnitForgetBias = true",
                "gru.kernel GlorotUniform", "gru.recurrent_kernel Orthogonal", "gru.bias Zeros",
                "dense.kernel GlorotUniform", "dense.bias Zeros",
            ],
            tensors);
    }

    [Fact]
    public void EveryOptionReachesItsTensor()
    {
        var tensors = Tensors("""
            [RnnModel(InputSize = 1)]
            [Lstm(3, KernelInitializer = Initializer.HeNormal, RecurrentInitializer = Initializer.Identity, BiasInitializer = Initializer.Ones,
                KernelL1 = 0.5f, KernelL2 = 1, RecurrentL1 = 0.01f, RecurrentL2 = 1e-7f, BiasL1 = 3e20f, BiasL2 = 0.1f)]
            [Dense(20, KernelL2 = 0.25f)]
            [Dense(1, BiasL2 = 0.75f, KernelInitializer = Initializer.Zeros)]
            """);
        Assert.Equal(
            [
                "lstm.kernel HeNormal, L1 = 0.5f, L2 = 1f", "lstm.recurrent_kernel Identity, L1 = 0.01f, L2 = 1E-07f",
                "lstm.bias Ones, UnitForgetBias = true, L1 = 3E+20f, L2 = 0.1f",
                "dense.kernel GlorotUniform, L2 = 0.25f", "dense.bias Zeros",
                "dense_1.kernel Zeros", "dense_1.bias Zeros, L2 = 0.75f",
            ],
            tensors);
    }

    [Fact]
    public void ABiasOfTwoRowsMayBeAMatrix()
    {
        var tensors = Tensors("[RnnModel(InputSize = 1)] [Gru(3, BiasInitializer = Initializer.Orthogonal)]");
        Assert.Equal("gru.bias Orthogonal", tensors[^1]);
    }

    [Fact]
    public void NumbersDoNotDependOnTheCulture()
    {
        using var culture = new CultureScope(CultureScope.Find("hostile"));
        Assert.NotEqual("-1.5", (-1.5f).ToString(CultureInfo.CurrentCulture));
        var tensors = Tensors("[RnnModel(InputSize = 1)] [Dense(1, KernelL1 = 1.5f)]");
        Assert.Equal("dense.kernel GlorotUniform, L1 = 1.5f", tensors[0]);
        var mistake = Assert.Single(Mistake.In("[RnnModel(InputSize = 1), Dense(1, KernelL1 = -1.5f)] partial class Model;"));
        Assert.Contains("but is -1.5", mistake.Message, StringComparison.Ordinal);
    }

    /// <summary>Of every tensor its name, its initialiser and what follows it before the place.</summary>
    private static List<string> Tensors(string attributes)
    {
        var generation = Generation.Of($"using NanoRnn;\n{attributes}\npartial class Model;");
        generation.AssertCompiles();
        return
        [
            .. generation.MainFile("Model").Split('\n')
                .Where(line => line.Contains(Prefix, StringComparison.Ordinal))
                .Select(line => $"{Between(line, "Name = \"", "\"")} {Between(line, Prefix, ", Offset")}"),
        ];
    }

    private static string Between(string line, string start, string end)
    {
        var from = line.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return line[from..line.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
