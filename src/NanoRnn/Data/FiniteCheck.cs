namespace NanoRnn;

/// <summary>Refuses NaN and infinity in data.</summary>
internal static class FiniteCheck
{
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static void Run(ReadOnlySpan<float> values, string parameter, int first = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw ToException(first + i, values[i], parameter);
        }
    }

    public static ArgumentException ToException(int index, float value, string parameter) => new(
        FormattableString.Invariant($"The value at index {index} is {value}; every value must be finite."), parameter);
}
