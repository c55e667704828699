using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>Reads the losses that a class has as methods, and checks that each can be minimised and has a name of its own.</summary>
/// <param name="model">The class.</param>
/// <param name="compilation">Where the methods' bodies are.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class LossParser(INamedTypeSymbol model, Compilation compilation, List<DiagnosticInfo> diagnostics)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Whether one of them could not be read, with or without a mistake of our own to report.</summary>
    public bool LacksLoss { get; private set; }

    /// <param name="attributes">The attributes that name the methods.</param>
    public List<UserFunction> Parse(IEnumerable<AttributeData> attributes)
    {
        var losses = new List<UserFunction>();
        foreach (var attribute in attributes.Where(LayerParser.IsComplete))
        {
            var location = LayerParser.LocationOf(attribute);
            var name = attribute.ConstructorArguments[0].Value as string ?? "";
            if (FunctionParser.OfLoss.Parse(model, name, compilation, location, diagnostics) is not { } loss)
                LacksLoss = true;
            else if (!loss.HasSlope(argument: 0))
                diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.LossWithoutSlope, location, loss.DisplayName));
            else if (FindRival(name) is { } rival)
                diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.InvalidLossName, location, model.Name, name, rival));
            else
                losses.Add(loss);
        }

        return losses;
    }

    /// <summary>What has the name already that a property of the generated class would have; null if it is free.</summary>
    private string? FindRival(string name) =>
        name == MemberParser.Losses ? "it is the name of the class itself"
        : !compilation.GetSpecialType(SpecialType.System_Object).GetMembers(name).IsEmpty ? "every class has a member of this name"
        : !_names.Add(name) ? "another attribute names the same method"
        : null;
}
