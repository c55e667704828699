using System.Text.RegularExpressions;
using NanoRnn.Differential.Grammar;

namespace NanoRnn.Differential.Tests;

public sealed class GrammarTests
{
    private static readonly string[] Written =
        [.. Enumerable.Range(0, 3000).SelectMany(seed => ModelGrammar.Write((ulong)seed).Layers).Select(layer => layer.ToString())];

    [Fact]
    public void EqualSeedsWriteEqualModels() =>
        Assert.Equal(ModelGrammar.Write(3).ToSource("Model"), ModelGrammar.Write(3).ToSource("Model"));

    /// <summary>A new layer or option has to be in the grammar.</summary>
    [Fact]
    public void EveryLayerAndOptionIsWritten()
    {
        // How weights start is of no matter to models whose weights are set.
        string[] without = ["KernelInitializer", "RecurrentInitializer", "BiasInitializer", "UnitForgetBias"];
        var layers = typeof(LayerAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract).Append(typeof(OutputAttribute));
        foreach (var layer in layers)
        {
            var kind = layer.Name[..^nameof(Attribute).Length];
            var uses = Written.Where(text => text == $"[{kind}]" || text.StartsWith($"[{kind}(", StringComparison.Ordinal)).ToArray();
            Assert.True(uses.Length > 0, $"The grammar never writes [{kind}].");
            foreach (var option in layer.GetProperties().Where(property => property.SetMethod?.IsPublic == true).Select(property => property.Name).Except([.. without, .. WithoutInput(layer)]))
            {
                Assert.True(uses.Any(use => use.Contains($"{option} = ", StringComparison.Ordinal)), $"The grammar never writes {option} on [{kind}].");
            }
        }

        // Merges name what they read, and a decoder's layers read the one above.
        static string[] WithoutInput(Type layer) => layer.IsSubclassOf(typeof(MergeLayerAttribute)) || layer == typeof(DecoderAttribute) ? ["Input"] : [];
    }

    /// <summary>What graphs are for: a layer that several read, the same one twice, products of three, the input further down, outputs out of order.</summary>
    [Theory]
    [InlineData("\\[Multiply\\(\"(\\w+)\", \"\\1\"\\)")]
    [InlineData("\\[Add\\(\"(\\w+)\", \"\\1\"\\)")]
    [InlineData("\\[Subtract\\(\"(\\w+)\", \"\\1\"\\)")]
    [InlineData("\\[Multiply\\((\"\\w+\", ){2}\"\\w+\"\\)")]
    [InlineData("\\[Dense\\([1-4], .*Input = \"layer")]
    [InlineData("\\[(Gru|Lstm|SimpleRnn|CustomRnn)\\(.*Input = \"input\"")]
    [InlineData("\\[Concatenate\\(.*\"input\"")]
    [InlineData("\\[Output\\((\"\\w+\", ){2,}\"\\w+\"\\)")]
    [InlineData("\\[Output\\(\"layer[3-9]\", \"layer[0-2]\"")]
    public void GraphsAreWritten(string pattern) => Assert.Contains(Written, text => Regex.IsMatch(text, pattern));

    [Theory]
    [InlineData(typeof(Activation))]
    [InlineData(typeof(MergeMode))]
    public void EveryMemberIsWritten(Type type) => Assert.All(
        Enum.GetValuesAsUnderlyingType(type).Cast<int>().Distinct(),
        value => Assert.Contains(Written, text => text.Contains($"{type.Name}.{Enum.GetName(type, value)}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("Valid")]
    [InlineData("Same")]
    [InlineData("Causal")]
    public void EveryPaddingIsWritten(string padding) => Assert.Contains(Written, text => text.Contains($"Padding.{padding}", StringComparison.Ordinal));

    /// <summary>Every candidate is smaller, so that shrinking ends.</summary>
    [Fact]
    public void SimplerModelsAreShorter()
    {
        var model = ModelGrammar.Write(5);
        Assert.NotEmpty(model.Simpler());
        Assert.All(model.Simpler(), simpler => Assert.True(SizeOf(simpler) < SizeOf(model)));

        static int SizeOf(ModelTerm model) => (model.Precision == Precision.Float32 ? 0 : 1) + model.InputSize
            + model.Layers.Sum(layer => 1 + layer.Options.Length + layer.Arguments.Sum(argument => int.TryParse(argument, out var number) ? number : 1));
    }
}
