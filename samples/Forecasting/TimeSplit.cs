namespace Forecasting;

/// <summary>
/// The months in three parts, in order of time: training, validation (whose loss is watched during training) and, as the last
/// fifth, the test part, which nothing but the final errors looks at.
/// </summary>
/// <param name="ValidationStart">First month of the validation part.</param>
/// <param name="TestStart">First month of the test part.</param>
/// <param name="End">One past the last month.</param>
public sealed record TimeSplit(int ValidationStart, int TestStart, int End)
{
    private const double TestShare = 0.2;
    private const double ValidationShare = 0.15;

    public static TimeSplit Of(int months)
    {
        var testStart = (int)(months * (1 - TestShare));
        return new TimeSplit((int)(testStart * (1 - ValidationShare)), testStart, months);
    }
}
