namespace NanoRnn.Coefficients;

/// <summary>A function, the form in which it is computed, and how good numbers for that form are.</summary>
internal abstract class Fit
{
    public abstract string Name { get; }

    /// <summary>The largest relative error of the form with the numbers that <see cref="FindExact"/> found, without rounding.</summary>
    public double ErrorOfFit { get; protected set; }

    /// <summary>The best numbers of unlimited precision.</summary>
    public abstract double[] FindExact();

    /// <summary>
    /// Numbers that an earlier search has come to, to go on from; null to begin with the exact ones, rounded. A search of many numbers with
    /// rules takes hours.
    /// </summary>
    public virtual float[]? FoundSoFar => null;

    /// <summary>Whether a number stays as it was found; a 1 that makes the result exact near zero, for instance.</summary>
    public virtual bool IsFixed(int coefficient) => false;

    /// <summary>
    /// Looks for arguments at which numbers that were found break a rule, and has <see cref="Measure"/> ask for them too; false if there are none.
    /// </summary>
    public virtual bool FindsMore(float[] coefficients) => false;

    /// <summary>
    /// The largest relative error in float, operation by operation as the compiler prints them; at least <paramref name="limit"/> if it is
    /// known to be larger than that.
    /// </summary>
    public abstract double Measure(float[] coefficients, double limit = double.PositiveInfinity);
}
