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

    public static TypeSpec Parse(
        INamedTypeSymbol symbol, TypeDeclarationSyntax syntax, PrecisionKind precision, List<DiagnosticInfo> diagnostics)
    {
        var location = syntax.Identifier.GetLocation();
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
            diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.ClassNotPartial, location, symbol.Name));
        if (Unsupported(symbol) is { } reason)
            diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.UnsupportedClass, location, symbol.Name, reason));
        MemberParser.Check(symbol, precision, diagnostics);

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
            HintName(symbol),
            MetadataName(symbol));
    }

    /// <summary>The name by which <see cref="IAssemblySymbol.GetTypeByMetadataName"/> finds a type.</summary>
    public static string MetadataName(INamedTypeSymbol symbol) =>
        symbol.ContainingType is { } container ? $"{MetadataName(container)}+{symbol.MetadataName}"
        : symbol.ContainingNamespace.IsGlobalNamespace ? symbol.MetadataName
        : $"{symbol.ContainingNamespace.ToDisplayString(HintFormat)}.{symbol.MetadataName}";

    private static string? Unsupported(INamedTypeSymbol symbol) =>
        symbol.IsStatic ? "a static class has no instances"
        : symbol.IsAbstract ? "an abstract class has no instances"
        : ContainersAndSelf(symbol).Any(type => type.IsFileLocal) ? "a file-local class cannot be continued in the generated file"
        : HasPrimaryConstructor(symbol) ? "its constructor is generated, so it cannot have a primary constructor"
        : MemberParser.IsGenerated(symbol.Name) ? "a member of this name is generated"
        : BasesAndSelf(symbol).Skip(1).FirstOrDefault(ModelParser.IsModel) is { } model
            ? $"its base class '{model.Name}' is a model already"
        : !HasParameterlessConstructor(symbol.BaseType) ? "its base class has no constructor without parameters"
        : BasesAndSelf(symbol).SelectMany(type => type.GetMembers()).Any(IsRequired)
            ? "it has required members, which nobody can set when it is loaded from a file"
        : null;

    private static IEnumerable<INamedTypeSymbol> ContainersAndSelf(INamedTypeSymbol symbol)
    {
        for (var type = symbol; type is not null; type = type.ContainingType)
            yield return type;
    }

    private static IEnumerable<INamedTypeSymbol> BasesAndSelf(INamedTypeSymbol symbol)
    {
        for (var type = symbol; type is not null; type = type.BaseType)
            yield return type;
    }

    private static bool HasPrimaryConstructor(INamedTypeSymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null });

    private static bool HasParameterlessConstructor(INamedTypeSymbol? type) =>
        type is null
        || type.TypeKind == TypeKind.Error
        || type.InstanceConstructors.Any(constructor =>
            constructor.DeclaredAccessibility != Accessibility.Private
            && constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams));

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

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

    /// <summary>
    /// Unique among models, also for types that differ only in their number of type parameters, or in letter case, which names
    /// of generated files do not tell apart.
    /// </summary>
    private static string HintName(INamedTypeSymbol symbol)
    {
        var arity = 0;
        for (var type = symbol; type is not null; type = type.ContainingType)
            arity = arity * 10 + type.Arity;
        var name = symbol.ToDisplayString(HintFormat);
        if (arity > 0)
            name += $"`{arity}";

        var ranks = new List<int>();
        for (ISymbol part = symbol; part is not INamespaceSymbol { IsGlobalNamespace: true }; part = part.ContainingSymbol)
            ranks.Insert(0, RankAmongCases(part));
        return ranks.Any(rank => rank > 0) ? $"{name}-{string.Join("-", ranks)}" : name;
    }

    private static int RankAmongCases(ISymbol symbol) => ((INamespaceOrTypeSymbol)symbol.ContainingSymbol).GetMembers()
        .Where(other => other is INamespaceOrTypeSymbol && other.Name.Equals(symbol.Name, StringComparison.OrdinalIgnoreCase))
        .Select(other => other.Name)
        .Distinct()
        .Count(other => string.CompareOrdinal(other, symbol.Name) < 0);
}
