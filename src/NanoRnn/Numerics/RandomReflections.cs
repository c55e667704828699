using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;

namespace NanoRnn.Numerics;

/// <summary>
/// Random orthonormal vectors as the first columns of H₁H₂…D (Stewart 1980): Hᵢ is the reflection that Householder's method takes for a normal vector
/// whose first i elements are zero, D the signs with which R has a positive diagonal. A product of reflections is orthogonal whatever they are, so what
/// rounding leaves does not grow with the number of vectors, nor does it matter how square the matrix is.
/// </summary>
/// <remarks>
/// Reflections are multiplied in blocks, the last one first: H₁…H_b = 1 − V·T·Vᵀ, where T⁻¹ is the upper triangle of VᵀV with half its diagonal (Puglisi
/// 1992). A block changes no vector and no element before its own.
/// </remarks>
/// <param name="count">Number of vectors.</param>
/// <param name="length">Elements of a vector, at least as many.</param>
internal sealed class RandomReflections(int count, int length)
{
    /// <summary>Reflections of a block: whole tiles of <see cref="MatrixProduct"/> on every width, and whole groups of vectors.</summary>
    private const int BlockSize = 96;

    /// <summary>Elements at a time: those of a group of vectors then stay in the first-level cache, and those of a block in the second.</summary>
    private const int PartLength = 192;

    /// <summary>Groups that a part of V is multiplied by when it comes from memory.</summary>
    private const int GroupsAtATime = 16;

    private const int PanelsAtATime = 2;
    private const int GroupLanes = OrthonormalVectors.GroupLanes;

    /// <summary>V, element by element.</summary>
    private readonly AlignedBuffer _elements = new(checked(length * BlockSize));

    /// <summary>V in parts of so many elements, each of them reflection by reflection.</summary>
    private readonly AlignedBuffer _parts = new(checked((length + PartLength - 1) / PartLength * PartLength * BlockSize));

    /// <summary>The upper triangle of VᵀV, but for its diagonal: that is larger by so much that only there floats would lack digits.</summary>
    private readonly AlignedBuffer _gram = new(BlockSize * BlockSize);
    private readonly double[] _squares = new double[BlockSize];

    /// <summary>−T.</summary>
    private readonly AlignedBuffer _triangle = new(BlockSize * BlockSize);

    /// <summary>VᵀQ of the groups at a time, and −T times that.</summary>
    private readonly AlignedBuffer _products = new(GroupsAtATime * BlockSize * GroupLanes);
    private readonly AlignedBuffer _scaled = new(GroupsAtATime * BlockSize * GroupLanes);

    /// <summary>Draws the vectors.</summary>
    /// <param name="groups">Zeros: groups of <see cref="GroupLanes"/> vectors, each element by element.</param>
    /// <param name="random">Where the normals come from.</param>
    public void Draw(Span<float> groups, ref RandomGenerator random)
    {
        for (var first = (count - 1) / BlockSize * BlockSize; first >= 0; first -= BlockSize)
        {
            var size = Math.Min(BlockSize, count - first);
            DrawNormals(size, length - first, ref random);
            MultiplyBySelf(length - first);
            for (var i = 0; i < size; i++)
            {
                var vector = first + i;
                groups[(vector / GroupLanes * length + vector) * GroupLanes + vector % GroupLanes] = Reflect(i);
            }

            Invert(size);
            for (var group = first; group < count; group += GroupsAtATime * GroupLanes)
                Apply(ref groups[group * length + first * GroupLanes], length - first, Math.Min(GroupsAtATime, (count - group - 1) / GroupLanes + 1));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawNormals(int size, int rows, ref RandomGenerator random)
    {
        Span<double> normals = stackalloc double[BlockSize];
        normals.Clear();
        _squares.AsSpan().Clear();
        for (var i = 0; i < rows; i++)
        {
            random.NextNormals(normals[..Math.Min(size, i + 1)]);
            var row = _elements.Span.Slice(i * BlockSize, BlockSize);
            for (var j = 0; j < BlockSize; j += Vector256<float>.Count)
            {
                var rounded = Vector512.Narrow(Vector512.Create<double>(normals[j..]), default).GetLower();
                var wide = Vector512.WidenLower(rounded.ToVector512());
                rounded.CopyTo(row[j..]);
                (Vector512.Create<double>(_squares.AsSpan(j)) + wide * wide).CopyTo(_squares, j);
            }
        }
    }

    /// <summary>V in parts, and of VᵀV what is not below the diagonal's tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyBySelf(int rows)
    {
        for (var start = 0; start < rows; start += PartLength)
        {
            var terms = Math.Min(PartLength, rows - start);
            ref var elements = ref Unsafe.Add(ref _elements.Reference, start * BlockSize);
            ref var part = ref Unsafe.Add(ref _parts.Reference, start * BlockSize);
            for (var i = 0; i < terms; i += GroupLanes)
                for (var j = 0; j < BlockSize; j++)
                    for (var k = i; k < Math.Min(i + GroupLanes, terms); k++)
                        Unsafe.Add(ref part, j * PartLength + k) = Unsafe.Add(ref elements, k * BlockSize + j);
            var shape = new ProductShape(PartLength, 1, BlockSize, GroupLanes, BlockSize, GroupLanes, terms, Accumulates: start > 0);
            for (var panel = 0; panel < BlockSize; panel += PanelsAtATime * GroupLanes)
                MatrixProduct.Panels(
                    shape,
                    ref part,
                    ref Unsafe.Add(ref elements, panel),
                    ref Unsafe.Add(ref _gram.Reference, panel),
                    panel + PanelsAtATime * GroupLanes,
                    PanelsAtATime,
                    GroupLanes);
        }
    }

    /// <summary>Makes a normal vector one that reflects it to an axis; returns the sign of D.</summary>
    private float Reflect(int index)
    {
        ref var element = ref _elements.Span[index * BlockSize + index];
        double before = element;
        element = (float)(before + Math.CopySign(Math.Sqrt(_squares[index]), before));
        _parts.Span[index * PartLength + index] = element;
        _squares[index] += (double)element * element - before * before;
        for (var i = 0; i < index; i++)
            _gram.Span[i * BlockSize + index] += (float)(element - before) * _elements.Span[index * BlockSize + i];
        return double.IsNegative(before) ? 1 : -1;
    }

    /// <summary>−T from VᵀV, row by row; zero where there is no reflection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Invert(int size)
    {
        Span<double> row = stackalloc double[BlockSize];
        var gram = _gram.Span;
        var triangle = _triangle.Span;
        triangle.Clear();
        for (var i = 0; i < size; i++)
        {
            row.Clear();
            row[i] = -1;
            for (var j = i; j < size; j++)
            {
                var scaled = row[j] / (_squares[j] / 2);
                triangle[i * BlockSize + j] = (float)scaled;
                var factors = gram.Slice(j * BlockSize, BlockSize);
                for (var k = j + 1; k < size; k++)
                    row[k] -= scaled * factors[k];
            }
        }
    }

    /// <summary>groups −= V·(T·(Vᵀ·groups))</summary>
    private void Apply(ref float groups, int rows, int count)
    {
        const int Product = BlockSize * GroupLanes;
        var group = length * GroupLanes;
        for (var start = 0; start < rows; start += PartLength)
        {
            var shape = new ProductShape(
                PartLength, 1, GroupLanes, group, GroupLanes, Product, Math.Min(PartLength, rows - start), Accumulates: start > 0);
            MatrixProduct.Panels(
                shape,
                ref Unsafe.Add(ref _parts.Reference, start * BlockSize),
                ref Unsafe.Add(ref groups, start * GroupLanes),
                ref _products.Reference,
                BlockSize,
                count,
                GroupLanes);
        }

        var square = new ProductShape(BlockSize, 1, GroupLanes, Product, GroupLanes, Product, BlockSize, Accumulates: false);
        MatrixProduct.Panels(square, ref _triangle.Reference, ref _products.Reference, ref _scaled.Reference, BlockSize, count, GroupLanes);
        for (var start = 0; start < rows; start += PartLength)
            MatrixProduct.Panels(
                square with { CPanel = group, Accumulates = true },
                ref Unsafe.Add(ref _elements.Reference, start * BlockSize),
                ref _scaled.Reference,
                ref Unsafe.Add(ref groups, start * GroupLanes),
                Math.Min(PartLength, rows - start),
                count,
                GroupLanes);
    }
}
