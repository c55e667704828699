using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Diagnostics;

/// <summary>A diagnostic that can be cached.</summary>
internal sealed record DiagnosticInfo(string Id, SourcePlace Place, EquatableArray<string> Arguments)
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> Descriptors = typeof(DiagnosticDescriptors)
        .GetFields()
        .Select(field => (DiagnosticDescriptor)field.GetValue(null))
        .ToImmutableDictionary(descriptor => descriptor.Id);

    public bool IsError => Descriptors[Id].DefaultSeverity == DiagnosticSeverity.Error;

    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        Create(descriptor, SourcePlace.Of(location), arguments);

    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, SourcePlace place, params string[] arguments) =>
        new(descriptor.Id, place, new([.. arguments]));

    /// <summary>The diagnostic for the project as a whole.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptors[Id], Location.None, [.. Arguments]);

    /// <summary>The diagnostic at its place in a compilation.</summary>
    public Diagnostic ToDiagnostic(Compilation compilation) => Diagnostic.Create(Descriptors[Id], Place.Find(compilation), [.. Arguments]);
}
