using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NanoRnn.Generators.Diagnostics;

/// <summary>A place in the source that can be cached: by file and span instead of by syntax tree.</summary>
internal sealed record SourcePlace(string FilePath, TextSpan Span)
{
    public static SourcePlace Of(Location location) => new(location.SourceTree?.FilePath ?? "", location.SourceSpan);
}
