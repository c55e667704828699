using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>The list of names that users cannot take is the list of members that are generated.</summary>
public sealed class ReservedNamesTests
{
    [Fact]
    public void EveryGeneratedMemberIsReservedAndNothingElse()
    {
        var type = Generation.Of("using NanoRnn; [RnnModel(InputSize = 2), Lstm(3), Dense(2, Activation = Activation.Softmax)] partial class Model;").Type("Model");
        var members = type.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName)
            .Where(member => member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary })
            .ToList();
        var methods = members.OfType<IMethodSymbol>().Select(method =>
            $"{method.Name}({string.Join(", ", method.Parameters.Select(parameter => parameter.Type.ToDisplayString()))})");
        Assert.Equal(MemberParser.Methods.Order(StringComparer.Ordinal), methods.Order(StringComparer.Ordinal));
        Assert.Equal(
            MemberParser.Names.Order(StringComparer.Ordinal),
            members.Where(member => member is not IMethodSymbol).Select(member => member.Name).Order(StringComparer.Ordinal));
    }
}
