using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Diagnostics;

/// <summary>A place in the source that can be cached, and is found again in a compilation.</summary>
internal abstract record SourcePlace
{
    /// <summary>By file and span instead of by syntax tree.</summary>
    public static SourcePlace Of(Location location) => new SpanPlace(location.SourceTree?.FilePath ?? "", location.SourceSpan);

    /// <summary>The attribute that makes a class a model, wherever it has moved to.</summary>
    public static SourcePlace OfModel(string metadataName) => new ModelPlace(metadataName);

    /// <summary>The place in the compilation's own syntax tree, so that #pragma works on it.</summary>
    public abstract Location Find(Compilation compilation);

    private sealed record SpanPlace(string FilePath, TextSpan Span) : SourcePlace
    {
        public override Location Find(Compilation compilation) =>
            compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == FilePath && Span.End <= tree.Length) is { } found
                ? Location.Create(found, Span)
                : Location.None;
    }

    private sealed record ModelPlace(string MetadataName) : SourcePlace
    {
        public override Location Find(Compilation compilation) =>
            compilation.Assembly.GetTypeByMetadataName(MetadataName) is { } type && ModelParser.FindModelAttribute(type) is { } attribute
                ? LayerParser.LocationOf(attribute)
                : Location.None;
    }
}
