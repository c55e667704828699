using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>The declaration whose attributes are a model's layers: its own, or that of the class that <c>LayersOf</c> names.</summary>
/// <param name="Symbol">The class.</param>
/// <param name="Syntax">The declaration with [RnnModel].</param>
/// <param name="Attribute">Its [RnnModel], which has the input size.</param>
internal sealed record LayerSource(INamedTypeSymbol Symbol, TypeDeclarationSyntax Syntax, AttributeData Attribute)
{
    private const string Option = "LayersOf";

    /// <summary>Where a model has its layers from; null, with a diagnostic, if that is nowhere.</summary>
    /// <param name="own">The model itself.</param>
    /// <param name="diagnostics">What is wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    public static LayerSource? Find(LayerSource own, List<DiagnosticInfo> diagnostics, CancellationToken cancellation)
    {
        if (ArgumentOf(own.Attribute) is not { } argument)
            return own;
        if (argument.Value is not INamedTypeSymbol { TypeKind: not TypeKind.Error } named)
            return LayerParser.IsComplete(own.Attribute) ? Refuse(argument.ToCSharpString(), "it is no class") : null;
        var name = named.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        if (ModelParser.HasLayers(own.Symbol) || ModelParser.FindOutputs(own.Symbol) is not null)
            return Refuse(name, $"'{own.Symbol.Name}' has layers of its own");
        if (own.Attribute.NamedArguments.Any(other => other.Key == "InputSize"))
            return Refuse(name, "InputSize comes with the layers: leave it out");
        if (ModelParser.FindModelAttribute(named) is not { } attribute)
            return Refuse(name, "it is no class with [RnnModel]");
        if (ArgumentOf(attribute) is not null)
            return Refuse(name, "it takes its layers from another class: name that one");

        // Only the source has an order of attributes.
        return attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } syntax
            ? new LayerSource(named, syntax, attribute)
            : Refuse(name, "it is in another project");

        LayerSource? Refuse(string other, string reason)
        {
            diagnostics.Add(DiagnosticInfo.Create(
                DiagnosticDescriptors.LayersCannotBeTaken, LayerParser.LocationOf(own.Attribute), own.Symbol.Name, other, reason));
            return null;
        }
    }

    private static TypedConstant? ArgumentOf(AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Key == Option)
                return argument.Value;
        return null;
    }
}
