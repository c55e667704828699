using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>Reads the class that is to be continued and checks that it can be.</summary>
internal static class TypeParser
{
    private static readonly SymbolDisplayFormat HintFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static TypeSpec Parse(INamedTypeSymbol symbol, TypeDeclarationSyntax syntax, List<DiagnosticInfo> diagnostics)
    {
        var location = syntax.Identifier.GetLocation();
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
            diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.ClassNotPartial, location, symbol.Name));
        if (Unsupported(symbol, syntax) is { } reason)
            diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.UnsupportedClass, location, symbol.Name, reason));

        var containers = ImmutableArray.CreateBuilder<string>();
        foreach (var container in syntax.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            if (!container.Modifiers.Any(SyntaxKind.PartialKeyword))
                diagnostics.Add(DiagnosticInfo.Create(
                    DiagnosticDescriptors.ContainerNotPartial, container.Identifier.GetLocation(), container.Identifier.ValueText, symbol.Name));
            containers.Insert(0, Header(container));
        }

        return new TypeSpec(
            symbol.ContainingNamespace.IsGlobalNamespace ? "" : symbol.ContainingNamespace.ToDisplayString(
                SymbolDisplayFormat.CSharpErrorMessageFormat.WithGenericsOptions(SymbolDisplayGenericsOptions.None)
                    .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers)),
            new(containers.ToImmutable()),
            Header(syntax),
            syntax.Identifier.Text + TypeParameters(syntax),
            syntax.Identifier.Text,
            symbol.Name,
            symbol.IsSealed,
            HintName(symbol));
    }

    private static string? Unsupported(INamedTypeSymbol symbol, TypeDeclarationSyntax syntax) =>
        symbol.IsStatic ? "a static class has no instances"
        : symbol.IsAbstract ? "an abstract class has no instances"
        : symbol.IsFileLocal ? "a file-local class cannot be continued in the generated file"
        : syntax.ParameterList is not null ? "its constructor is generated, so it cannot have a primary constructor"
        : null;

    private static string Header(TypeDeclarationSyntax type)
    {
        var keyword = type is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not 0 } record
            ? $"record {record.ClassOrStructKeyword.Text}"
            : type.Keyword.Text;
        return $"partial {keyword} {type.Identifier.Text}{TypeParameters(type)}";
    }

    private static string TypeParameters(TypeDeclarationSyntax type) => type.TypeParameterList is { } list
        ? $"<{string.Join(", ", list.Parameters.Select(parameter => (parameter.VarianceKeyword.Text + " " + parameter.Identifier.Text).Trim()))}>"
        : "";

    /// <summary>Unique among models, also for types that differ only in their number of type parameters.</summary>
    private static string HintName(INamedTypeSymbol symbol)
    {
        var arity = 0;
        for (var type = symbol; type is not null; type = type.ContainingType)
            arity = arity * 10 + type.Arity;
        var name = symbol.ToDisplayString(HintFormat);
        return arity == 0 ? name : $"{name}`{arity}";
    }
}
