namespace NanoRnn;

/// <summary>A sum of losses.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Terms">How many terms it has.</param>
/// <param name="Counted">How many positions, or sequences, they are of: those that count.</param>
internal readonly record struct LossSum(double Sum, long Terms, int Counted)
{
    /// <summary>The mean, 0 of nothing.</summary>
    public double Mean => Terms == 0 ? 0 : Sum / Terms;

    /// <summary>This sum and another one.</summary>
    public LossSum Plus(LossSum other) => new(Sum + other.Sum, Terms + other.Terms, Counted + other.Counted);
}
