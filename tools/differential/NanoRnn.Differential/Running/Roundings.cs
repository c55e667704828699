using NanoRnn.Reference;

namespace NanoRnn.Differential.Running;

/// <summary>What a network makes of the roundings of floats: some of it is allowed where its numbers are compared with the reference's.</summary>
internal static class Roundings
{
    /// <summary>What is allowed of a move that has been seen.</summary>
    public const int Allowed = 4;

    /// <summary>How far rounding moves a weight or an element of a state: half a unit in the last place, or what 8-bit integers are rounded to.</summary>
    public static double Of(TestCase test) => test.Subject.Layout.Precision == Precision.Int8 ? 1.0 / (1 << 14) : 1.0 / (1 << 24);

    /// <summary>What the reference computes when all its weights have moved.</summary>
    /// <param name="test">Whose reference.</param>
    /// <param name="relative">How far weights move, and states if <paramref name="compute"/> runs beside what it is given.</param>
    /// <param name="compute">What to compute.</param>
    public static T Move<T>(TestCase test, double relative, Func<FunctionProbe, T> compute)
    {
        using var weights = new ShakenWeights(test.Reference, test.Dice, relative);
        return compute(new RoundingNoise(test.Dice, relative));
    }
}
