namespace NanoRnn.Differential;

/// <summary>What was wrong with a model of a batch.</summary>
/// <param name="Model">Its index.</param>
/// <param name="Check">The check that found it.</param>
/// <param name="Message">What was expected and what was found.</param>
internal sealed record CaseFailure(int Model, string Check, string Message);
