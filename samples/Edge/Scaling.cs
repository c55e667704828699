namespace Edge;

/// <summary>Between the values of the series and the numbers of the network.</summary>
/// <remarks>
/// Constants of the program: weights mean nothing without the scaling that they were trained with, and must not change while learning
/// goes on. Another sensor needs others, about the mean and the deviation of its values, and weights trained with them.
/// </remarks>
internal static class Scaling
{
    // Of the monthly sunspot numbers from 1749 to 1936.
    private const float Mean = 44.7f;
    private const float Deviation = 37.2f;

    /// <summary>What the network is given for a value.</summary>
    public static float ToInput(float value) => (value - Mean) / Deviation;

    /// <summary>What the network should answer at a value before the next one.</summary>
    public static float ToTarget(float value, float next) => (next - value) / Deviation;

    /// <summary>The forecast of the value after this one.</summary>
    /// <param name="value">The last value.</param>
    /// <param name="output">What the network answers to it.</param>
    public static float ToForecast(float value, float output) => value + output * Deviation;
}
