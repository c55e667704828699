using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Diagnostics;

/// <summary>A diagnostic that can be cached: it knows its place by file and span instead of by syntax tree.</summary>
internal sealed record DiagnosticInfo(string Id, string FilePath, TextSpan Span, EquatableArray<string> Arguments)
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> Descriptors = typeof(DiagnosticDescriptors)
        .GetFields()
        .Select(field => (DiagnosticDescriptor)field.GetValue(null))
        .ToImmutableDictionary(descriptor => descriptor.Id);

    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        new(descriptor.Id, location.SourceTree?.FilePath ?? "", location.SourceSpan, new([.. arguments]));

    /// <summary>The diagnostic at another place.</summary>
    public DiagnosticInfo At(SourcePlace place) => this with { FilePath = place.FilePath, Span = place.Span };

    /// <summary>The diagnostic for the project as a whole.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptors[Id], Location.None, [.. Arguments]);

    /// <summary>The diagnostic at a place in the compilation's own syntax tree, so that #pragma works on it.</summary>
    public Diagnostic ToDiagnostic(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.FirstOrDefault(candidate => candidate.FilePath == FilePath && Span.End <= candidate.Length);
        var location = tree is null ? Location.None : Location.Create(tree, Span);
        return Diagnostic.Create(Descriptors[Id], location, [.. Arguments]);
    }
}
