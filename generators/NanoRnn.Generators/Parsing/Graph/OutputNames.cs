using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing.Graph;

/// <summary>The properties that stand for a model's outputs.</summary>
internal static class OutputNames
{
    /// <summary>Reports layers whose property could not be one of the generated class.</summary>
    public static void Check(
        IEnumerable<string> layers, string model, Compilation compilation, Location location, List<DiagnosticInfo> diagnostics)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            var property = SnakeCase.ToPascalCase(layer);
            var rival = property == MemberParser.Outputs ? "the class itself has"
                : !compilation.GetSpecialType(SpecialType.System_Object).GetMembers(property).IsEmpty ? "every class has a member of"
                : !taken.Add(property) ? "another output has"
                : null;
            if (rival is not null)
                diagnostics.Add(DiagnosticInfo.Create(
                    DiagnosticDescriptors.InvalidOutput, location, model, $"would make a property '{property}' of '{layer}', a name that {rival}: give the layer another one"));
        }
    }
}
