using System.Runtime.CompilerServices;
using NanoRnn.CompilerServices;

namespace NanoRnn.Numerics;

/// <summary>
/// Random orthonormal vectors: normals, orthonormalised in blocks of <see cref="BlockSize"/> vectors. What lies along the blocks before it is
/// taken off a block by matrix products of floats; within a block vectors are doubles (<see cref="Orthogonalization"/>).
/// </summary>
internal readonly ref struct OrthonormalVectors
{
    /// <summary>Vectors of a block, and terms of a part of the sums in products.</summary>
    public const int BlockSize = 64;

    private const int PanelLanes = 16;

    /// <summary>Elements of the vectors at a time: those of a block then stay in the second-level cache, and the others come from memory in long runs.</summary>
    private const int ChunkLength = 512;

    private readonly int _count;
    private readonly int _length;
    private readonly Span<double> _current;

    /// <summary>If there are several blocks, each of them element by element: <see cref="BlockSize"/> floats, one of each vector.</summary>
    private readonly float[][] _blocks = [];

    /// <summary>The products of a block's vectors with those of each block before it.</summary>
    private readonly float[] _products = [];

    /// <summary>Takes memory for the vectors.</summary>
    /// <param name="count">Number of vectors.</param>
    /// <param name="length">Elements of a vector, at least as many.</param>
    /// <param name="current">Zeros, <see cref="BlockElements"/> of them: where the block is that has been orthonormalised last.</param>
    public OrthonormalVectors(int count, int length, Span<double> current)
    {
        _count = count;
        _length = length;
        _current = current;
        if (count <= BlockSize)
            return;
        _blocks = new float[(count + BlockSize - 1) / BlockSize][];
        for (var i = 0; i < _blocks.Length; i++)
            _blocks[i] = new float[checked(length * BlockSize)];
        _products = new float[(_blocks.Length - 1) * BlockSize * BlockSize];
    }

    /// <summary>From one vector of the block to the next.</summary>
    public int Stride => StrideOf(_length);

    /// <summary>
    /// How often all blocks are to be gone through. The last of nearly as many vectors as there are dimensions are left so short by those before
    /// them that rounding errors are a part of their direction, of which the second time little is left.
    /// </summary>
    public int Passes => _blocks.Length > 0 && _length / 2 < _count ? 2 : 1;

    /// <summary>Doubles of a block.</summary>
    public static int BlockElements(int count, int length) => checked(Math.Min(count, BlockSize) * StrideOf(length));

    /// <summary>Draws the normals, element by element, in the order of the vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(ref RandomGenerator random)
    {
        Span<double> normals = stackalloc double[BlockSize];
        for (var i = 0; i < _length; i++)
            for (var first = 0; first < _count; first += BlockSize)
            {
                var vectors = normals[..SizeOf(first)];
                random.NextNormals(vectors);
                for (var vector = 0; vector < vectors.Length; vector++)
                    if (_blocks.Length == 0)
                        _current[vector * Stride + i] = vectors[vector];
                    else
                        _blocks[first / BlockSize][i * BlockSize + vector] = (float)vectors[vector];
            }
    }

    /// <summary>Makes a block's vectors orthonormal to each other and to those of the blocks before it, which have been so made before.</summary>
    /// <param name="first">The block's first vector.</param>
    /// <returns>The vectors, <see cref="Stride"/> doubles each, until the next call.</returns>
    public ReadOnlySpan<double> Orthonormalize(int first)
    {
        var vectors = _current[..(SizeOf(first) * Stride)];
        if (_blocks.Length == 0)
        {
            Orthogonalization.Orthonormalize(vectors, Stride);
            return vectors;
        }

        SubtractProjections(first);
        var block = _blocks[first / BlockSize];
        Transpose(block, vectors, isToBlock: false);
        Orthogonalization.Orthonormalize(vectors, Stride);
        Transpose(block, vectors, isToBlock: true);
        return vectors;
    }

    private static int StrideOf(int length) => (length + PartialSums.Count - 1) / PartialSums.Count * PartialSums.Count;

    private int SizeOf(int first) => Math.Min(BlockSize, _count - first);

    /// <summary>block −= blocks before it · (their products with it)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SubtractProjections(int first)
    {
        const int Square = BlockSize * BlockSize;
        var (index, panels) = (first / BlockSize, (SizeOf(first) + PanelLanes - 1) / PanelLanes);
        var block = _blocks[index];
        for (var start = 0; start < _length; start += ChunkLength)
        {
            var end = Math.Min(start + ChunkLength, _length);
            for (var other = 0; other < index; other++)
                for (var part = start; part < end; part += BlockSize)
                {
                    var shape = new ProductShape(
                        1, BlockSize, BlockSize, PanelLanes, BlockSize, PanelLanes, Math.Min(BlockSize, end - part), Accumulates: part > 0);
                    MatrixProduct.Panels(
                        shape,
                        ref _blocks[other][part * BlockSize],
                        ref block[part * BlockSize],
                        ref _products[other * Square],
                        BlockSize,
                        panels,
                        PanelLanes);
                }
        }

        foreach (ref var product in _products.AsSpan(0, index * Square))
            product = -product;
        for (var start = 0; start < _length; start += ChunkLength)
        {
            var shape = new ProductShape(BlockSize, 1, BlockSize, PanelLanes, BlockSize, PanelLanes, BlockSize, Accumulates: true);
            for (var other = 0; other < index; other++)
                MatrixProduct.Panels(
                    shape,
                    ref _blocks[other][start * BlockSize],
                    ref _products[other * Square],
                    ref block[start * BlockSize],
                    Math.Min(ChunkLength, _length - start),
                    panels,
                    PanelLanes);
        }
    }

    /// <summary>From a block to its vectors, or back, a few elements at a time: each access is another cache line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transpose(Span<float> block, Span<double> vectors, bool isToBlock)
    {
        for (var start = 0; start < _length; start += PanelLanes)
        {
            var end = Math.Min(start + PanelLanes, _length);
            for (var (vector, offset) = (0, 0); offset < vectors.Length; vector++, offset += Stride)
                for (var i = start; i < end; i++)
                    if (isToBlock)
                        block[i * BlockSize + vector] = (float)vectors[offset + i];
                    else
                        vectors[offset + i] = block[i * BlockSize + vector];
        }
    }
}
