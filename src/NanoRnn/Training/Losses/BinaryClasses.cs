namespace NanoRnn;

/// <summary>The two classes of targets of one number.</summary>
internal static class BinaryClasses
{
    /// <summary>Two for one output; several are labels of their own, none of which is the class.</summary>
    public static int Count(int outputSize) => outputSize == 1 ? 2 : 0;

    /// <summary>Class 1 from one half on.</summary>
    public static int Find(ReadOnlySpan<float> target) => target[0] < 0.5f ? 0 : 1;
}
