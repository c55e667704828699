namespace NanoRnn.Differential.Running;

/// <summary>Comparison to the bit.</summary>
internal static class Bits
{
    /// <summary>Where two arrays differ, or null. A NaN is equal to any other.</summary>
    public static string? FindDifference(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length)
            return $"{what}: expected {expected.Length} floats, found {actual.Length}.";
        for (var i = 0; i < expected.Length; i++)
            if (BitsOf(expected[i]) != BitsOf(actual[i]))
                return FormattableString.Invariant($"{what}: expected {expected[i]:R} at {i} of {expected.Length}, found {actual[i]:R}.");
        return null;
    }

    /// <summary>FNV-1a of all bits.</summary>
    public static ulong Hash(ReadOnlySpan<float> values)
    {
        var hash = 14695981039346656037;
        foreach (var value in values)
            hash = unchecked((hash ^ BitsOf(value)) * 1099511628211);
        return hash;
    }

    private static uint BitsOf(float value) => BitConverter.SingleToUInt32Bits(float.IsNaN(value) ? float.NaN : value);
}
