using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering;

/// <summary>
/// One layer as mathematics: affine maps, and an elementwise expression over their sums and the previous states. Time, rows,
/// widths and memory come later.
/// </summary>
internal sealed class Cell
{
    public required ExprGraph Graph { get; init; }

    public required IReadOnlyList<AffineMap> Maps { get; init; }

    /// <summary>What is carried from step to step; the first is the output. Empty for a layer without memory.</summary>
    public required IReadOnlyList<State> States { get; init; }

    /// <summary>The layer's output at this step.</summary>
    public required Expr Output { get; init; }

    /// <summary>The trainable tensors in Keras's order.</summary>
    public required IReadOnlyList<CellTensor> Tensors { get; init; }
}

/// <summary>
/// A sum that runs over a bias, the inputs times a kernel and the elements of a vector times a recurrent kernel. The cell's
/// expressions see it as a leaf.
/// </summary>
internal sealed class AffineMap
{
    public required string Name { get; init; }

    /// <summary>Whether the input takes part, through a kernel.</summary>
    public required bool UsesInput { get; init; }

    /// <summary>Whether the input itself is the sum: unit by unit, without a kernel.</summary>
    public bool IsInput { get; init; }

    /// <summary>The vector that the recurrent kernel multiplies: a state, an expression over earlier sums, or none.</summary>
    public required Expr? Recurrent { get; init; }

    /// <summary>How many biases are added: 0, 1, or 2 as in a GRU that resets after the product.</summary>
    public required int BiasCount { get; init; }

    /// <summary>What a trainable vector starts with.</summary>
    public Initializer Initializer { get; init; } = Initializer.Zeros;

    /// <summary>The sum, as a leaf of the cell's expressions.</summary>
    public required Expr Sum { get; init; }
}

/// <summary>A vector that a cell carries from one time step to the next.</summary>
internal sealed class State
{
    public required string Name { get; init; }

    /// <summary>Its value before the step, a leaf.</summary>
    public required Expr Previous { get; init; }

    /// <summary>Its value after the step.</summary>
    public required Expr Next { get; init; }
}

/// <summary>What a tensor multiplies.</summary>
internal enum TensorRole
{
    Kernel,
    RecurrentKernel,
    Bias,

    /// <summary>Nothing but itself: a vector that the cell's expressions use.</summary>
    Weight,
}

/// <summary>A tensor as a file holds it: for each row of gates the maps that its columns feed.</summary>
/// <param name="Role">What it multiplies.</param>
/// <param name="GateRows">
/// The maps in the file's gate order. One row, but two for the bias of a GRU that resets after the product: input biases, then
/// recurrent ones.
/// </param>
internal sealed record CellTensor(TensorRole Role, IReadOnlyList<IReadOnlyList<AffineMap>> GateRows)
{
    /// <summary>Its name behind the layer's, where the role does not give it.</summary>
    public string? Name { get; init; }
}
