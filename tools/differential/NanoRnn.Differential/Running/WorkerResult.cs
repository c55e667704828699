namespace NanoRnn.Differential.Running;

/// <summary>What a process has found.</summary>
/// <param name="Failures">What was wrong.</param>
/// <param name="Digests">Of the models that it ran to the end, by index.</param>
internal sealed record WorkerResult(List<CaseFailure> Failures, Dictionary<int, string> Digests);
