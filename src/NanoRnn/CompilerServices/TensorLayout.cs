using System.Collections.Immutable;
using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// One tensor: its name and shape as a file shows them, and where its elements lie in the packed weights.
/// </summary>
/// <remarks>
/// The logical tensor has <see cref="Rows"/> × <see cref="Columns"/> elements; a tensor of rank 1 has one row, one of
/// rank 3 those of all its matrices, one behind the other. The compiler plans with
/// this type and prints what it has planned, so it compiles for netstandard2.0 too.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TensorLayout
{
    /// <summary>Name in a file, such as <c>lstm.kernel</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Shape in a file, of rank 1 to 3.</summary>
    public required ImmutableArray<int> Shape { get; init; }

    /// <summary>Type of the elements, in a file and packed.</summary>
    public ElementType ElementType { get; init; }

    /// <summary>How the tensor starts.</summary>
    public required Initializer Initializer { get; init; }

    /// <summary>Whether training changes it. Those that it does not lie behind all others.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>Whether the second quarter of the columns starts at one: the bias of LSTM's forget gate.</summary>
    public bool UnitForgetBias { get; init; }

    /// <summary>Factor of the penalty on the sum of magnitudes, finite and not negative; 0 for none.</summary>
    public float L1 { get; init; }

    /// <summary>Factor of the penalty on the sum of squares, finite and not negative; 0 for none.</summary>
    public float L2 { get; init; }

    /// <summary>Rows of the logical matrix; 1 for a vector.</summary>
    public int Rows => Shape.Length switch { 1 => 1, 2 => Shape[0], _ => Shape[0] * Shape[1] };

    /// <summary>Columns of the logical matrix.</summary>
    public int Columns => Shape[Shape.Length - 1];

    /// <summary>
    /// Index of the element in <paramref name="row"/> and <paramref name="column"/> among the packed weights, seen as elements of
    /// <see cref="ElementType"/>.
    /// </summary>
    public abstract int IndexOf(int row, int column);

    /// <summary>How many elements of a row, from <paramref name="column"/> on, are known to lie side by side: at least its own.</summary>
    internal virtual int CountNeighbours(int column) => 1;
}
