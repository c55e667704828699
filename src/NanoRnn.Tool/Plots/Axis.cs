namespace NanoRnn.Tool.Plots;

/// <summary>A range of numbers between round ones.</summary>
/// <param name="Start">The first number, a multiple of the step.</param>
/// <param name="Step">From one mark to the next.</param>
/// <param name="Count">Steps.</param>
internal sealed record Axis(double Start, double Step, int Count)
{
    private const int FewestSteps = 4;

    /// <summary>Multiples of the step, from the first number to the last.</summary>
    public IEnumerable<double> Marks => Enumerable.Range(0, Count + 1).Select(i => Math.Round(Start / Step + i) * Step);

    /// <summary>The axis of some numbers.</summary>
    /// <param name="values">Finite numbers, one or more.</param>
    /// <param name="smallestStep">What marks are apart at least.</param>
    public static Axis Of(IReadOnlyCollection<double> values, double smallestStep = 0)
    {
        var (low, high) = (values.Min(), values.Max());
        var range = high > low ? high / FewestSteps - low / FewestSteps : Math.Max(Math.Abs(high), 1) / FewestSteps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(range)));
        var step = Math.Max(smallestStep, power * (range / power >= 5 ? 5 : range / power >= 2 ? 2 : 1));
        var first = Math.Floor(low / step);
        return new Axis(first * step, step, (int)Math.Max(1, Math.Ceiling(high / step) - first));
    }

    /// <summary>Where a number lies, from 0 at the start to 1 at the end.</summary>
    public double PlaceOf(double value) => (value - Start) / (Step * Count);
}
