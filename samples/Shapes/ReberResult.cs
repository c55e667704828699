namespace Shapes;

/// <summary>What a run has found.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="Unseen">Strings of the test.</param>
/// <param name="Positions">Symbols of all of them.</param>
/// <param name="Right">After how many of those the likeliest next symbols are just the legal ones.</param>
/// <param name="Worst">The largest probability, at one position, of all symbols together that are not legal.</param>
/// <param name="Written">Strings that the model has written.</param>
public sealed record ReberResult(ReberModel Model, string[] Unseen, int Positions, int Right, double Worst, string[] Written);
