namespace Forecasting.Plotting;

/// <summary>Maps a range of values to a range of pixels.</summary>
/// <param name="Label">What the values are.</param>
/// <param name="Minimum">Value at <paramref name="From"/>.</param>
/// <param name="Maximum">Value at <paramref name="To"/>.</param>
/// <param name="From">Pixel of the minimum; below, for an axis that points up, more than <paramref name="To"/>.</param>
/// <param name="To">Pixel of the maximum.</param>
public sealed record Axis(string Label, double Minimum, double Maximum, double From, double To)
{
    public double Map(double value) => From + (value - Minimum) / (Maximum - Minimum) * (To - From);

    /// <summary>Round values, about <paramref name="count"/> of them: multiples of 1, 2 or 5 times a power of ten.</summary>
    public IEnumerable<double> Ticks(int count)
    {
        var step = RoundStep((Maximum - Minimum) / count);
        for (var i = (long)Math.Ceiling(Minimum / step); i * step <= Maximum; i++)
            yield return i * step;
    }

    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        };
    }
}
