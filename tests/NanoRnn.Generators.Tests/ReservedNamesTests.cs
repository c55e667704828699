using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>The list of names that users cannot take is the list of members that are generated.</summary>
public sealed class ReservedNamesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void EveryGeneratedMemberIsReservedAndNothingElse()
    {
        const string Decoder = "Decoder(1, 2), Embedding(4, 2), Lstm(3, ReturnSequences = true), Dense(4, Activation = Activation.Softmax)";
        var file = WeightsText.Write(
            Path.Combine(_folder.FullName, "weights.safetensors"), ("dense.kernel", [1, 1], [1]), ("dense.bias", [1], [1]));
        var generation = Generation.WithFiles([file], $$"""
            using NanoRnn;
            class Base { protected static float F(float prediction, float target) => prediction - target; }
            [RnnModel(InputSize = 2), Lstm(3), Dense(2, Activation = Activation.Softmax), Loss("F")] partial class Floats : Base;
            [RnnModel, Embedding(5, 2), Lstm(3), Dense(2)] partial class Tokens;
            [RnnModel(InputSize = 2), Lstm(3), {{Decoder}}] partial class FloatsToTokens;
            [RnnModel, Embedding(5, 2), Lstm(3), {{Decoder}}] partial class TokensToTokens;
            [RnnModel(InputSize = 1, Weights = "weights.safetensors"), Dense(1)] partial class Weighted;
            [RnnModel(InputSize = 2, Precision = Precision.BFloat16), Lstm(3)] partial class Reduced;
            [RnnModel(InputSize = 2), Normalization, Dense(2)] partial class ScaledInput;
            [RnnModel(InputSize = 2), Dense(2), Dense(1, Name = "other"), Output("dense", "other")] partial class Several;
            [RnnModel(InputSize = 2), Normalization, Dense(2), Denormalization] partial class Scaled;
            """);
        string[] models = ["Weighted", "Floats", "Tokens", "FloatsToTokens", "TokensToTokens", "Reduced", "ScaledInput", "Scaled", "Several"];
        var members = models.SelectMany(name => generation.Type(name).GetMembers())
            .Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName)
            .Where(member => member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary })
            .ToList();
        var methods = members.OfType<IMethodSymbol>().Select(method =>
            $"{method.Name}({string.Join(", ", method.Parameters.Select(parameter => parameter.Type.ToDisplayString()))})");
        Assert.Equal(
            MemberParser.Methods.Append(MemberParser.ReducedMethod).Order(StringComparer.Ordinal), methods.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            MemberParser.Names.Order(StringComparer.Ordinal),
            members.Where(member => member is not IMethodSymbol).Select(member => member.Name).Distinct().Order(StringComparer.Ordinal));
    }
}
