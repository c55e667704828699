using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>What a model class turned out to be: a model, unless there are errors.</summary>
/// <param name="Model">The model.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
/// <param name="Pending">
/// The class's metadata name, where all that is wrong is that the compiler does not know a value yet: it may be a constant of another model,
/// which is still to be generated. See <see cref="PendingModels"/>.
/// </param>
internal sealed record ParseResult(ModelSpec? Model, EquatableArray<DiagnosticInfo> Diagnostics, string? Pending = null)
{
    public static readonly ParseResult Nothing = new(null, default);
}
