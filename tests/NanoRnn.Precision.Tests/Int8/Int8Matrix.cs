using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn.Reduced.Tests;

/// <summary>A matrix of 8-bit integers, plain and as <see cref="Int8Product"/> wants it.</summary>
internal sealed class Int8Matrix
{
    private readonly int[,] _weights;
    private readonly float[] _scales;
    private readonly float[] _packed;

    public Int8Matrix(int inputs, int columns, Func<int, int, int> weight, Func<int, float> scale)
    {
        (Inputs, Columns) = (inputs, columns);
        _weights = new int[inputs, columns];
        _scales = [.. Enumerable.Range(0, columns).Select(scale)];
        _packed = new float[columns * (1 + Int8MatrixLayout.CountQuads(inputs))];
        _scales.CopyTo(_packed, 0);
        var bytes = MemoryMarshal.AsBytes(_packed.AsSpan(columns));

        // What lies beside the matrix must not matter.
        bytes.Fill(0xAB);
        for (var row = 0; row < inputs; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                _weights[row, column] = weight(row, column);
                bytes[Int8MatrixLayout.IndexOf(row, column, inputs, columns)] = (byte)(_weights[row, column] + 128);
            }
        }
    }

    public int Inputs { get; }

    public int Columns { get; }

    /// <summary>The product by a kernel, with marks around all that it may write.</summary>
    public float[] Multiply(Int8Multiply kernel, float[] x, int bits)
    {
        const float mark = 12345.5f;
        var integers = Enumerable.Repeat(mark, 2 * Int8MatrixLayout.CountQuads(Inputs) + 1).ToArray();
        var sums = Enumerable.Repeat(mark, Columns + 1).ToArray();
        Assert.Equal(Inputs, x.Length);
        kernel(ref _packed[0], Inputs, Columns, bits, ref x[0], ref integers[0], ref sums[0]);
        Assert.Equal(mark, integers[^1]);
        Assert.Equal(mark, sums[^1]);
        return sums[..^1];
    }

    /// <summary>The definition: exact integers, and two multiplications.</summary>
    public float[] Multiply(float[] x, int bits)
    {
        var (integers, unit) = ReferenceInt8.Quantize(x, bits);
        return [.. Enumerable.Range(0, Columns).Select(column =>
        {
            var sum = Enumerable.Range(0, Inputs).Sum(row => (long)_weights[row, column] * integers[row]);
            Assert.InRange(sum, int.MinValue, int.MaxValue);
            return (float)(int)sum * _scales[column] * unit;
        })];
    }
}
