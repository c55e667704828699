namespace NanoRnn.Tool.Graphs;

/// <summary>Numbers in double precision, row by row. Integers and truth values are numbers too, as far as a double holds them.</summary>
internal sealed class Tensor
{
    /// <param name="shape">Dimensions, none for a scalar.</param>
    /// <param name="values">As many as the product of the dimensions.</param>
    /// <param name="isInteger">Whether they are integers, whose quotients are cut off.</param>
    public Tensor(int[] shape, double[] values, bool isInteger = false)
    {
        if (CountOf(shape) != values.Length)
            throw new ArgumentException($"expected {CountOf(shape)} values, got {values.Length}", nameof(values));
        (Shape, Values, IsInteger) = (shape, values, isInteger);
    }

    public int[] Shape { get; }

    public double[] Values { get; }

    public bool IsInteger { get; }

    public int Rank => Shape.Length;

    public int Count => Values.Length;

    public static Tensor Vector(params double[] values) => new([values.Length], values);

    public static Tensor Integers(params int[] values) => new([values.Length], Array.ConvertAll(values, value => (double)value), isInteger: true);

    /// <summary>The product of dimensions.</summary>
    public static long CountOf(ReadOnlySpan<int> shape)
    {
        var count = 1L;
        foreach (var dimension in shape)
            count = dimension == 0 ? 0 : count > long.MaxValue / dimension ? long.MaxValue : count * dimension;
        return count;
    }

    /// <summary>The same values in another shape.</summary>
    public Tensor Reshape(params int[] shape) => new(shape, Values, IsInteger);

    /// <summary>The values as integers; those beyond the range of an integer become its limits.</summary>
    public int[] ToIntegers() => Array.ConvertAll(Values, value => (int)Math.Clamp(value, int.MinValue, int.MaxValue));

    /// <summary>For messages: its dimensions.</summary>
    public static string Describe(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
