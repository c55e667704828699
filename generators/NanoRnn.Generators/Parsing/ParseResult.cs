using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>What a model class turned out to be: a model, unless there are errors.</summary>
/// <param name="Model">The model.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
/// <param name="Place">The model's attribute, where only its weights or its plan can tell whether it is wrong; else null, so that it may move.</param>
internal sealed record ParseResult(ModelSpec? Model, EquatableArray<DiagnosticInfo> Diagnostics, SourcePlace? Place)
{
    public static readonly ParseResult Nothing = new(null, default, null);
}
