using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Parsing.Cells;

/// <summary>Finds a method with <c>[Cell]</c> and reads the cell that it describes.</summary>
internal static class CellParser
{
    private const string CellAttribute = "NanoRnn.CellAttribute";
    private const string BuilderType = "NanoRnn.CellBuilder";
    private const string DefinitionType = "NanoRnn.CellDefinition";

    /// <summary>The cell, or null if there is a mistake, which is reported unless the compiler reports it.</summary>
    /// <param name="type">The class that has the method, or around or below which it is found.</param>
    /// <param name="model">The model, which must have access to the method.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="compilation">Where the method's body is.</param>
    /// <param name="location">The attribute.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    public static CellSpec? Parse(
        INamedTypeSymbol type, INamedTypeSymbol model, string name, Compilation compilation, Location location, List<DiagnosticInfo> diagnostics)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            if (UnseenValue.Find(location.SourceTree!.GetRoot().FindNode(location.SourceSpan), compilation, model.Name) is { } unseen)
                diagnostics.Add(unseen);
            return null;
        }

        var members = FunctionParser.Lookup(type, model, name, compilation).ToList();
        if (members.OfType<IMethodSymbol>().FirstOrDefault(candidate => Mismatch(candidate) is null) is not { } method)
        {
            var reason = members.Count == 0 ? "there is no such method"
                : members[0] is IMethodSymbol candidate ? Mismatch(candidate)!
                : "it is not a method";
            diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.NotACell, location, $"{type.Name}.{name}", reason));
            return null;
        }

        method = method.OriginalDefinition;
        var mistakes = new FunctionMistakes(FunctionMistakes.MethodName(method), diagnostics);
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax;
        if (syntax is null || !compilation.ContainsSyntaxTree(syntax.SyntaxTree))
        {
            mistakes.Report(DiagnosticDescriptors.NotACell, location, "its source is not in this project");
            return null;
        }

        if (mistakes.FailsToCompile(syntax, compilation)
            || compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax) is not IMethodBodyOperation operation
            || (operation.BlockBody ?? operation.ExpressionBody) is not { } body)
            return null;
        var cell = new CellBodyParser(compilation, mistakes, diagnostics).Parse(body);
        return mistakes.HasFailed ? null : cell;
    }

    private static string? Mismatch(IMethodSymbol method) =>
        !method.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == CellAttribute) ? "it has no [Cell] attribute"
        : !method.IsStatic ? "it is not static"
        : method.IsGenericMethod ? "it has type parameters"
        : method.IsExtern || method.IsAbstract || method.IsPartialDefinition ? "it has no body"
        : method.Parameters.Length != 1 || method.Parameters[0].RefKind != RefKind.None || method.Parameters[0].Type.ToDisplayString() != BuilderType
            ? "it must have one parameter, of type CellBuilder"
        : method.ReturnType.ToDisplayString() != DefinitionType ? "it must return CellDefinition"
        : null;
}
