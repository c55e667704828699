namespace NanoRnn.Reference;

/// <summary>A tensor in Keras's layout, row-major, with the name it has in a file.</summary>
internal sealed record ReferenceTensor(string Name, int[] Shape)
{
    /// <summary>Whether optimizers change it.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>Whether it is a moving average of batches' statistics.</summary>
    public bool IsMoving { get; init; }

    public double[] Values { get; } = new double[Shape.Aggregate(1, (product, size) => product * size)];

    private int Columns => Shape[^1];

    public double this[int row, int column] => Values[row * Columns + column];

    public double this[int column] => Values[column];

    public static ReferenceTensor Create(string name, params int[] shape) => new(name, shape);

    /// <summary>Σₖ v[k] · tensor[k, column].</summary>
    public double Dot(double[] v, int column)
    {
        var sum = 0.0;
        for (var k = 0; k < v.Length; k++)
            sum += v[k] * this[k, column];

        return sum;
    }
}
