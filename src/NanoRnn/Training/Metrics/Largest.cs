namespace NanoRnn;

/// <summary>The largest of some numbers.</summary>
internal static class Largest
{
    /// <summary>Its place; of several equal ones the first. A NaN is larger than any number, so that it is not mistaken for an answer.</summary>
    public static int IndexOf(ReadOnlySpan<float> values)
    {
        var largest = 0;
        for (var i = 1; i < values.Length && !float.IsNaN(values[largest]); i++)
        {
            if (!(values[i] <= values[largest]))
                largest = i;
        }

        return largest;
    }
}
