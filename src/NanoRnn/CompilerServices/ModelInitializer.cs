using System.ComponentModel;
using System.Runtime.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn.CompilerServices;

/// <summary>Gives a new model its first weights, by Keras's initialisers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelInitializer
{
    /// <summary>Standard deviation of a normal of deviation 1 that is truncated at ±2.</summary>
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>
    /// Fills every tensor as its <see cref="TensorLayout.Initializer"/> says, in the order of
    /// <see cref="ModelLayout.Tensors"/>, from one generator. Padding is left alone.
    /// </summary>
    /// <param name="layout">The model.</param>
    /// <param name="weights">Packed weights, zero so far; <see cref="ModelLayout.WeightLength"/> floats.</param>
    /// <param name="seed">The same seed gives the same weights on every platform.</param>
    public static void Initialize(ModelLayout layout, AlignedBuffer weights, int seed)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(weights);
        var random = new RandomGenerator((uint)seed);
        foreach (var tensor in layout.Tensors)
        {
            if (tensor.UnitForgetBias)
                FillUnitForgetBias(tensor, weights.Span, ref random);
            else
                Fill(new Part(tensor, 0, tensor.Columns), weights.Span, ref random);
        }
    }

    // As Keras joins it from three vectors, each with the fan of its own length.
    private static void FillUnitForgetBias(TensorLayout tensor, Span<float> weights, ref RandomGenerator random)
    {
        var units = tensor.Columns / 4;
        Fill(new Part(tensor, 0, units), weights, ref random);
        FillConstant(new Part(tensor, units, units), weights, 1);
        Fill(new Part(tensor, 2 * units, 2 * units), weights, ref random);
    }

    // Keras computes fans on the fused matrix: an LSTM's kernel has 4 · units columns.
    private static void Fill(Part part, Span<float> weights, ref RandomGenerator random)
    {
        const float Limit = 0.05f;
        const double Deviation = 0.05;
        var (fanIn, fanOut) = part.IsVector ? (part.Columns, part.Columns) : (part.Rows, part.Columns * part.KernelSize);
        var fanMean = (fanIn + fanOut) / 2.0;
        switch (part.Tensor.Initializer)
        {
            case Initializer.GlorotUniform:
                FillUniform(part, weights, (float)Math.Sqrt(3 / fanMean), ref random);
                break;
            case Initializer.GlorotNormal:
                FillTruncatedNormal(part, weights, Math.Sqrt(1 / fanMean) / TruncatedDeviation, ref random);
                break;
            case Initializer.HeUniform:
                FillUniform(part, weights, (float)Math.Sqrt(6.0 / fanIn), ref random);
                break;
            case Initializer.HeNormal:
                FillTruncatedNormal(part, weights, Math.Sqrt(2.0 / fanIn) / TruncatedDeviation, ref random);
                break;
            case Initializer.LecunUniform:
                FillUniform(part, weights, (float)Math.Sqrt(3.0 / fanIn), ref random);
                break;
            case Initializer.LecunNormal:
                FillTruncatedNormal(part, weights, Math.Sqrt(1.0 / fanIn) / TruncatedDeviation, ref random);
                break;
            case Initializer.RandomUniform:
                FillUniform(part, weights, Limit, ref random);
                break;
            case Initializer.RandomNormal:
                FillNormal(part, weights, Deviation, ref random);
                break;
            case Initializer.TruncatedNormal:
                FillTruncatedNormal(part, weights, Deviation, ref random);
                break;
            case Initializer.Orthogonal:
                FillOrthogonal(part, weights, ref random);
                break;
            case Initializer.Identity:
                for (var i = 0; i < Math.Min(part.Rows, part.Columns); i++)
                    weights[part.IndexOf(i, i)] = 1;
                break;
            case Initializer.Ones:
                FillConstant(part, weights, 1);
                break;
        }
    }

    private static void FillConstant(Part part, Span<float> weights, float value)
    {
        for (var row = 0; row < part.Rows; row++)
            for (var column = 0; column < part.Columns;)
                part.Next(weights, row, ref column).Fill(value);
    }

    private static void FillUniform(Part part, Span<float> weights, float limit, ref RandomGenerator random)
    {
        for (var row = 0; row < part.Rows; row++)
            for (var column = 0; column < part.Columns;)
                foreach (ref var weight in part.Next(weights, row, ref column))
                    weight = random.NextUniform(-limit, limit);
    }

    private static void FillNormal(Part part, Span<float> weights, double deviation, ref RandomGenerator random)
    {
        for (var row = 0; row < part.Rows; row++)
            for (var column = 0; column < part.Columns;)
                foreach (ref var weight in part.Next(weights, row, ref column))
                    weight = (float)(deviation * random.NextNormal());
    }

    private static void FillTruncatedNormal(Part part, Span<float> weights, double deviation, ref RandomGenerator random)
    {
        for (var row = 0; row < part.Rows; row++)
            for (var column = 0; column < part.Columns;)
                foreach (ref var weight in part.Next(weights, row, ref column))
                {
                    double normal;
                    do
                        normal = random.NextNormal();
                    while (Math.Abs(normal) > 2);
                    weight = (float)(deviation * normal);
                }
    }

    // Orthogonal as a whole, as in Keras, not gate by gate: rows of a wide matrix, columns of a tall one.
    private static void FillOrthogonal(Part part, Span<float> weights, ref RandomGenerator random)
    {
        var isWide = part.Rows < part.Columns;
        var count = Math.Min(part.Rows, part.Columns);
        var length = Math.Max(part.Rows, part.Columns);
        const int MaxOnStack = 2048;
        var size = OrthonormalVectors.BlockElements(count, length);
        var current = size <= MaxOnStack ? stackalloc double[MaxOnStack] : new double[size];
        current.Clear();
        var vectors = new OrthonormalVectors(count, length, current);
        vectors.Draw(ref random);
        for (var pass = vectors.Passes; pass > 0; pass--)
            for (var first = 0; first < count; first += OrthonormalVectors.BlockSize)
            {
                var block = vectors.Orthonormalize(first);
                if (pass == 1)
                    Store(part, isWide, first, block, vectors.Stride, weights);
            }
    }

    /// <summary>Vectors that are rows in runs, those that are columns sixteen elements at a time, since where they go lies together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store(Part part, bool isWide, int first, ReadOnlySpan<double> vectors, int stride, Span<float> weights)
    {
        const int Together = 16;
        var count = vectors.Length / stride;
        if (isWide)
        {
            for (var vector = 0; vector < count; vector++)
                for (var column = 0; column < part.Columns;)
                {
                    var elements = vectors[(vector * stride + column)..];
                    var run = part.Next(weights, first + vector, ref column);
                    for (var i = 0; i < run.Length; i++)
                        run[i] = (float)elements[i];
                }

            return;
        }

        for (var start = 0; start < part.Rows; start += Together)
            for (var vector = 0; vector < count; vector++)
                for (var row = start; row < Math.Min(start + Together, part.Rows); row++)
                    weights[part.IndexOf(row, first + vector)] = (float)vectors[vector * stride + row];
    }

    /// <summary>A tensor, or some columns of one that are a tensor of their own to the initialiser.</summary>
    private readonly record struct Part(TensorLayout Tensor, int FirstColumn, int Columns)
    {
        public int Rows => Tensor.Rows;

        /// <summary>Steps that a convolution's kernel sees.</summary>
        public int KernelSize => Tensor.Shape.Length == 3 ? Tensor.Shape[0] : 1;

        public bool IsVector => Tensor.Shape.Length == 1;

        public int IndexOf(int row, int column) => Tensor.IndexOf(row, FirstColumn + column);

        /// <summary>The elements of a row from a column on that lie side by side, and the column behind them.</summary>
        public Span<float> Next(Span<float> weights, int row, ref int column)
        {
            var run = weights.Slice(IndexOf(row, column), Math.Min(Tensor.CountNeighbours(FirstColumn + column), Columns - column));
            column += run.Length;
            return run;
        }
    }
}
