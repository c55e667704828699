namespace NanoRnn.Reduced.Tests;

/// <summary>The definitions of 8-bit precision, written plainly and without vectors.</summary>
internal static class ReferenceInt8
{
    /// <summary>A vector as integers of at most so many bits besides the sign, and what one of their steps is worth.</summary>
    public static (int[] Integers, float Unit) Quantize(ReadOnlySpan<float> x, int bits)
    {
        var largest = 0.0;
        foreach (var element in x)
            largest = Math.Max(largest, Math.Abs((double)element));
        if (!double.IsFinite(largest))
            return (new int[x.Length], float.NaN);

        // The smallest power of two that is above all magnitudes, and no unit below the smallest normal number.
        var exponent = -126 + bits;
        while (Math.ScaleB(1, exponent) <= largest)
            exponent++;
        var unit = Math.ScaleB(1, exponent - bits);
        var integers = new int[x.Length];
        for (var i = 0; i < x.Length; i++)
            integers[i] = (int)Math.Round(x[i] / unit, MidpointRounding.ToEven);
        return (integers, (float)unit);
    }

    /// <summary>A column of weights as integers from −127 to 127, and their scale.</summary>
    public static (int[] Integers, float Scale) QuantizeColumn(ReadOnlySpan<float> column)
    {
        var largest = 0f;
        foreach (var weight in column)
            largest = Math.Max(largest, Math.Abs(weight));
        var scale = largest / 127;
        var integers = new int[column.Length];
        for (var i = 0; i < column.Length && scale > 0; i++)
            integers[i] = (int)Math.Clamp(Math.Round((double)(column[i] / scale), MidpointRounding.ToEven), -127, 127);
        return (integers, scale);
    }

    /// <summary>Bits of the operand of a kernel with so many rows.</summary>
    public static int BitsFor(int inputs)
    {
        var bits = 14;
        while ((127L << bits) * inputs > int.MaxValue)
            bits--;
        return bits;
    }
}
