using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NanoRnn.Generators.Tests.Infrastructure;

/// <summary>What the compiler shows of a project with one property.</summary>
internal sealed class ProjectProperty(string name, string value) : AnalyzerConfigOptionsProvider
{
    private readonly Options _options = new("build_property." + name, value);

    public override AnalyzerConfigOptions GlobalOptions => _options;

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _options;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _options;

    private sealed class Options(string key, string value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string candidate, [NotNullWhen(true)] out string? found)
        {
            found = candidate == key ? value : null;
            return found is not null;
        }
    }
}
