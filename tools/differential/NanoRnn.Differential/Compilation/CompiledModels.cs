using System.Collections.Immutable;

namespace NanoRnn.Differential.Compilation;

/// <summary>Some models in an assembly.</summary>
/// <param name="Assembly">Its bytes; null if none of them could be compiled.</param>
/// <param name="Failures">Models that the generator or the compiler did not take.</param>
internal sealed record CompiledModels(byte[]? Assembly, ImmutableArray<CaseFailure> Failures);
