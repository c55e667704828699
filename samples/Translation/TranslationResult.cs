namespace Translation;

/// <summary>What a run has found.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="GreedyExact">How many dates of the test it translates without a mistake, taking the likeliest character at every step.</param>
/// <param name="BeamExact">How many with a beam.</param>
/// <param name="Test">The dates of the test.</param>
public sealed record TranslationResult(DateTranslator Model, int GreedyExact, int BeamExact, DatePair[] Test);
