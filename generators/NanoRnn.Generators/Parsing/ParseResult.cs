using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>What a model class turned out to be: a model, unless there are errors.</summary>
/// <param name="Model">The model.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
/// <param name="WeightsPlace">Where a model with weights names them; null for others, which do not change when they only move.</param>
internal sealed record ParseResult(ModelSpec? Model, EquatableArray<DiagnosticInfo> Diagnostics, SourcePlace? WeightsPlace)
{
    public static readonly ParseResult Nothing = new(null, default, null);
}
