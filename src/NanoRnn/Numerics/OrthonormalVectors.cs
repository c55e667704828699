using System.Runtime.CompilerServices;

namespace NanoRnn.Numerics;

/// <summary>
/// Random orthonormal vectors, every such set as likely as any other: the factor Q of a random normal matrix whose R has a positive diagonal. Up to
/// <see cref="MostFactored"/> vectors are made by factoring such a matrix in doubles; more than that by <see cref="RandomReflections"/>, which draw Q
/// without a matrix that would have to be factored, in half the time, and need floats only.
/// </summary>
internal readonly ref struct OrthonormalVectors
{
    /// <summary>Vectors that lie side by side.</summary>
    public const int GroupLanes = 16;

    private const int MostFactored = 64;

    private readonly int _length;

    /// <summary>Groups of vectors, each element by element.</summary>
    private readonly Span<float> _groups;

    /// <summary>Draws the vectors.</summary>
    /// <param name="count">Number of vectors.</param>
    /// <param name="length">Elements of a vector, at least as many.</param>
    /// <param name="groups">Memory for them: <see cref="ElementsOf"/> zeros.</param>
    /// <param name="random">Where the normals come from.</param>
    public OrthonormalVectors(int count, int length, Span<float> groups, ref RandomGenerator random)
    {
        _length = length;
        _groups = groups;
        if (count <= MostFactored)
            Factor(count, ref random);
        else
            new RandomReflections(count, length).Draw(_groups, ref random);
    }

    /// <summary>Floats of so many vectors.</summary>
    public static int ElementsOf(int count, int length) => checked((count + GroupLanes - 1) / GroupLanes * GroupLanes * length);

    /// <summary>A group of vectors: <see cref="GroupLanes"/> floats for each element, one of each vector.</summary>
    /// <param name="first">The first of them, a multiple of <see cref="GroupLanes"/>.</param>
    public ReadOnlySpan<float> GroupFrom(int first) => _groups.Slice(first * _length, GroupLanes * _length);

    /// <summary>Normals, in the order of elements and then vectors, made orthonormal in that of the vectors.</summary>
    // It runs during start-up, before the tiered compiler would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Factor(int count, ref RandomGenerator random)
    {
        const int MaxOnStack = 2048;
        Span<double> normals = stackalloc double[MostFactored];
        normals = normals[..count];
        var stride = (_length + PartialSums.Count - 1) / PartialSums.Count * PartialSums.Count;
        var size = checked(count * stride);
        var vectors = (size <= MaxOnStack ? stackalloc double[MaxOnStack] : new double[size])[..size];
        vectors.Clear();
        for (var i = 0; i < _length; i++)
        {
            random.NextNormals(normals);
            for (var vector = 0; vector < count; vector++)
                vectors[vector * stride + i] = normals[vector];
        }

        Orthogonalization.Orthonormalize(vectors, stride);
        for (var vector = 0; vector < count; vector++)
        {
            var lane = _groups[(vector / GroupLanes * GroupLanes * _length + vector % GroupLanes)..];
            for (var i = 0; i < _length; i++)
                lane[i * GroupLanes] = (float)vectors[vector * stride + i];
        }
    }
}
