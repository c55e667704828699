using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators;

/// <summary>What became of a model.</summary>
/// <param name="Spec">The model.</param>
/// <param name="Files">Its files, that with its public members first; none if it cannot be generated or one of the rooms stopped.</param>
/// <param name="Diagnostics">What only its plan could tell, or which room stopped.</param>
internal sealed record CompiledModel(ModelSpec Spec, EquatableArray<GeneratedFile> Files, EquatableArray<DiagnosticInfo> Diagnostics);
