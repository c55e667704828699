namespace Samples;

/// <summary>The logarithm to the base 2, with the same bits on every machine; a platform's own may differ in the last one.</summary>
internal static class BinaryLogarithm
{
    /// <summary>Of a positive number, off by less than 2e-5: with m from 1 to 2 and s = (m − 1)/(m + 1), ln m = 2·(s + s³/3 + s⁵/5 + …).</summary>
    public static double Of(double x)
    {
        const double TwoOverLn2 = 2.8853900817779268;
        var power = Math.ILogB(x);
        var m = Math.ScaleB(x, -power);
        var s = (m - 1) / (m + 1);
        var z = s * s;
        return power + TwoOverLn2 * s * (1 + z * (1 / 3.0 + z * (1 / 5.0 + z * (1 / 7.0 + z / 9))));
    }
}
