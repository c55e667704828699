using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>
/// A value that the compiler does not know while the generator runs, but may know when all generators are done: then it would report
/// nothing, and the model would silently be none.
/// </summary>
internal static class UnseenValue
{
    /// <summary>The compiler's errors for names that are not declared: alone, in a namespace, in a type, as a type, behind an alias.</summary>
    private static readonly HashSet<string> NameErrors = ["CS0103", "CS0117", "CS0234", "CS0246", "CS0400", "CS0426", "CS0432"];

    /// <summary>The compiler's error for an attribute's argument that is no constant, also where the constant itself has an error.</summary>
    private const string NotConstant = "CS0182";

    /// <summary>What to report of some syntax that has no value, or null if the compiler does so in any case.</summary>
    /// <param name="syntax">The syntax.</param>
    /// <param name="compilation">Its compilation.</param>
    /// <param name="user">Who needs the value: a model or a function.</param>
    public static DiagnosticInfo? Find(SyntaxNode syntax, Compilation compilation, string user)
    {
        var errors = compilation.GetSemanticModel(syntax.SyntaxTree).GetDiagnostics(syntax.Span)
            .Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            .ToList();
        return !errors.TrueForAll(error => MayBeDeclared(error, compilation)) ? null
            : errors.Count == 0 ? Create(syntax.GetLocation(), user, $"a constant in '{syntax}' has no value")
            : Create(errors[0].Location, user, errors[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Whether a constant gets its value from such a name.</summary>
    public static bool IsConstantWithoutValue(IFieldSymbol field) => field is { IsConst: true, HasConstantValue: false };

    public static DiagnosticInfo Create(Location location, string user, string reason) =>
        DiagnosticInfo.Create(DiagnosticDescriptors.UnseenValue, location, user, reason);

    /// <summary>The model whose generated constant is missing at a place; null if it is nothing of a model's.</summary>
    public static INamedTypeSymbol? FindModel(Location location, Compilation compilation)
    {
        if (location.SourceTree?.GetRoot().FindNode(location.SourceSpan) is not SimpleNameSyntax name)
            return null;
        var semantics = compilation.GetSemanticModel(name.SyntaxTree);
        var type = Qualifier(name) is { } qualifier
            ? semantics.GetSymbolInfo(qualifier).Symbol as INamedTypeSymbol
            : semantics.GetEnclosingSymbol(name.SpanStart)?.ContainingType;
        for (; type is not null; type = type.ContainingType)
            if (ModelParser.FindModelAttribute(type) is not null && MemberParser.IsGenerated(name.Identifier.ValueText))
                return type.OriginalDefinition;
        return null;
    }

    /// <summary>Whether someone may still declare the name: anyone a type, but a member of a type only where that is partial.</summary>
    private static bool MayBeDeclared(Diagnostic error, Compilation compilation)
    {
        if (error.Id == NotConstant)
            return error.Location.SourceTree is { } tree
                && compilation.GetSemanticModel(tree).GetSymbolInfo(tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true)).Symbol
                    is IFieldSymbol field
                && IsConstantWithoutValue(field);
        if (!NameErrors.Contains(error.Id))
            return false;
        if (error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan) is not SimpleNameSyntax name || Qualifier(name) is not { } qualifier)
            return true;
        return compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(qualifier).Symbol is not INamedTypeSymbol type
            || type.DeclaringSyntaxReferences.Any(reference =>
                reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(modifier => modifier.Text == "partial"));
    }

    private static ExpressionSyntax? Qualifier(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
        QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left,
        _ => null,
    };
}
