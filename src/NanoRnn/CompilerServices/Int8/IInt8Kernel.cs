namespace NanoRnn.CompilerServices;

/// <summary>
/// The sums of some columns of a matrix of <see cref="Int8Product"/>, by the instructions of one kind of processor. Sum j is
/// (Σ x[k]·w[k, j]) · scale[j] · unit: the integer is exact in 32 bits, becomes the nearest float, and is multiplied twice.
/// </summary>
internal interface IInt8Kernel
{
    /// <summary>Whether it takes the vector's integers as two digits instead of as words; see <see cref="Int8Operand"/>.</summary>
    static abstract bool TakesDigits { get; }

    /// <summary>Groups of 16 columns that <see cref="MultiplyWide"/> takes: 1, 2 or 4. It may be no more than one because of the registers there are.</summary>
    static abstract int WideGroups { get; }

    /// <summary>The sums of some neighbouring groups of a tile of four.</summary>
    /// <param name="elements">The bytes of the first group's first quad; the next quad's are a tile's quad behind.</param>
    /// <param name="quads">Quads of rows.</param>
    /// <param name="x">The vector's integers.</param>
    /// <param name="start">−128 · Σ x[k]: where a sum of x[k] · (w[k, j] + 128) starts.</param>
    /// <param name="unit">What one step of the vector's integers is worth.</param>
    /// <param name="scales">The scales of the columns.</param>
    /// <param name="sums">Receives the sums.</param>
    static abstract void MultiplyWide(
        ref byte elements, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums);

    /// <summary>The sums of one group.</summary>
    /// <param name="elements">The bytes of the group's first quad.</param>
    /// <param name="stride">Bytes from one quad to the next.</param>
    /// <param name="quads">Quads of rows.</param>
    /// <param name="x">The vector's integers.</param>
    /// <param name="start">−128 · Σ x[k]: where a sum of x[k] · (w[k, j] + 128) starts.</param>
    /// <param name="unit">What one step of the vector's integers is worth.</param>
    /// <param name="scales">The scales of the columns.</param>
    /// <param name="sums">Receives the sums.</param>
    static abstract void MultiplyGroup(
        ref byte elements, nint stride, nint quads, ref byte x, int start, float unit, ref float scales, ref float sums);
}
