using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Parsing.Cells;

/// <summary>A user's cell, as its method describes it.</summary>
/// <param name="Nodes">All values, in the order in which the method computes them.</param>
/// <param name="States">The states; the first is the output.</param>
internal sealed record CellSpec(EquatableArray<CellNode> Nodes, EquatableArray<CellStateSpec> States)
{
    /// <summary>Gates and weights, each a sum of its own.</summary>
    public int SumCount => Nodes.Count(node => node.Operation is CellOperation.Affine or CellOperation.Weight);
}

/// <summary>A state of a user's cell, by the indices of its values before and after the step.</summary>
internal sealed record CellStateSpec(int Previous, int Next);

/// <summary>One value of a user's cell.</summary>
/// <param name="Operation">How it is computed.</param>
/// <param name="A">The first operand's index, or −1.</param>
/// <param name="B">The second operand's index, or −1.</param>
internal sealed record CellNode(CellOperation Operation, int A = -1, int B = -1)
{
    /// <summary>The name that the user gives a state, a gate or a weight.</summary>
    public string? Name { get; init; }

    /// <summary>A name for the generated code; unlike any other for states, and for gates and weights.</summary>
    public string? Identifier { get; init; }

    /// <summary>The number, for constants.</summary>
    public float Value { get; init; }

    /// <summary>Whether the input takes part, for gates.</summary>
    public bool UsesInput { get; init; }

    /// <summary>Whether there is a bias, for gates.</summary>
    public bool UseBias { get; init; }

    /// <summary>The function that is applied.</summary>
    public UserFunction? Function { get; init; }
}

/// <summary>How a value of a user's cell is computed.</summary>
internal enum CellOperation
{
    Constant,
    Previous,

    /// <summary>A gate's sum; A is what the recurrent kernel multiplies, if anything.</summary>
    Affine,

    Weight,
    Gate,
    Activate,
    Apply,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
}
