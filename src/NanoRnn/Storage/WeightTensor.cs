using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;
using NanoRnn.Storage;

namespace NanoRnn;

/// <summary>
/// One trainable tensor of a model, read and written in Keras's shape and gate order. Writing changes the model at once;
/// do not write while another thread predicts or trains with the model.
/// </summary>
public sealed class WeightTensor
{
    private readonly TensorLayout _layout;
    private readonly ModelLayout _model;
    private readonly AlignedBuffer _packed;

    internal WeightTensor(TensorLayout layout, ModelLayout model, AlignedBuffer packed) =>
        (_layout, _model, _packed) = (layout, model, packed);

    /// <summary>Name as in a file, such as <c>lstm.kernel</c>.</summary>
    public string Name => _layout.Name;

    /// <summary>Shape as in a file: rows and columns, or the length of a vector.</summary>
    public ImmutableArray<int> Shape => _layout.Shape;

    /// <summary>Number of elements.</summary>
    public int Count => _layout.Rows * _layout.Columns;

    /// <summary>One element.</summary>
    /// <param name="row">Row; 0 for a vector.</param>
    /// <param name="column">Column, or index in a vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ArgumentException">The new value is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">It is set, but the model's weights cannot be changed.</exception>
    public float this[int row, int column]
    {
        get
        {
            CheckPlace(row, column);
            return Read(row, column);
        }

        set
        {
            CheckPlace(row, column);
            Writable[_layout.IndexOf(row, column)] =
                float.IsFinite(value) ? value : throw NotFinite(value, row * _layout.Columns + column, nameof(value));
        }
    }

    /// <summary>One element, counted row by row.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ArgumentException">The new value is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">It is set, but the model's weights cannot be changed.</exception>
    public float this[int index]
    {
        get
        {
            var (row, column) = Locate(index);
            return this[row, column];
        }

        set
        {
            var (row, column) = Locate(index);
            this[row, column] = value;
        }
    }

    /// <summary>Copies all elements, row by row.</summary>
    /// <param name="destination">At least <see cref="Count"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length < Count)
            throw new ArgumentException($"Tensor '{Name}' has {Count} elements, the destination {destination.Length}.", nameof(destination));
        if (_model.Precision != Precision.Float32)
        {
            for (var index = 0; index < Count; index++)
                destination[index] = this[index];
            return;
        }

        var packed = _packed.ReadOnlySpan;
        for (var column = 0; column < _layout.Columns;)
        {
            var (start, stride, length) = FindRuns(column);
            for (var row = 0; row < _layout.Rows; row++)
                packed.Slice(start + row * stride, length).CopyTo(destination[(row * _layout.Columns + column)..]);
            column += length;
        }
    }

    /// <summary>Replaces all elements, row by row. When it throws, nothing has changed.</summary>
    /// <param name="source">Exactly <see cref="Count"/> finite floats.</param>
    /// <exception cref="ArgumentException">The length is wrong, or a value is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">The model's weights cannot be changed.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        if (source.Length != Count)
            throw new ArgumentException($"Tensor '{Name}' has {Count} elements, the source {source.Length}.", nameof(source));
        for (var index = 0; index < source.Length; index++)
        {
            if (!float.IsFinite(source[index]))
                throw NotFinite(source[index], index, nameof(source));
        }

        var packed = Writable;
        for (var column = 0; column < _layout.Columns;)
        {
            var (start, stride, length) = FindRuns(column);
            for (var row = 0; row < _layout.Rows; row++)
                source.Slice(row * _layout.Columns + column, length).CopyTo(packed[(start + row * stride)..]);
            column += length;
        }
    }

    /// <summary>A copy of all elements, row by row.</summary>
    public float[] ToArray()
    {
        var array = new float[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>Name and shape.</summary>
    public override string ToString() => $"{Name} ({string.Join(", ", Shape)})";

    private Span<float> Writable => _model.Precision == Precision.Float32
        ? _packed.Span
        : throw new InvalidOperationException(
            $"The weights of {_model.ModelName} are stored as {_model.Precision} and cannot be changed: change those of the model that they were made from.");

    private float Read(int row, int column)
    {
        if (_layout is Int8TensorLayout integers)
            return Int8Weights.Read(integers, row, column, MemoryMarshal.AsBytes(_packed.ReadOnlySpan));
        var size = Elements.SizeOf(_layout.ElementType);
        var element = MemoryMarshal.AsBytes(_packed.ReadOnlySpan).Slice(_layout.IndexOf(row, column) * size, size);
        var bits = size == sizeof(uint) ? MemoryMarshal.Read<uint>(element) : MemoryMarshal.Read<ushort>(element);
        return BitConverter.UInt32BitsToSingle(ReducedFloat.Widen(bits, _layout.ElementType));
    }

    /// <summary>Where floats from a column on lie side by side in the first row, the distance to the next row's, and how many they are.</summary>
    private (int Start, int Stride, int Length) FindRuns(int column)
    {
        var start = _layout.IndexOf(0, column);
        return (start, _layout.Rows == 1 ? 0 : _layout.IndexOf(1, column) - start, _layout.CountNeighbours(column));
    }

    private (int Row, int Column) Locate(int index)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Tensor '{Name}' has {Count} elements.");
        return int.DivRem(index, _layout.Columns);
    }

    private void CheckPlace(int row, int column)
    {
        if ((uint)row >= (uint)_layout.Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"Tensor '{Name}' has {_layout.Rows} rows.");
        if ((uint)column >= (uint)_layout.Columns)
            throw new ArgumentOutOfRangeException(nameof(column), column, $"Tensor '{Name}' has {_layout.Columns} columns.");
    }

    private ArgumentException NotFinite(float value, int index, string parameter) => new(
        FormattableString.Invariant($"Tensor '{Name}' cannot hold {value} at index {index}; weights are finite."), parameter);
}
