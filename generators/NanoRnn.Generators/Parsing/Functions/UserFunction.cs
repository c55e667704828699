namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>A user's function of one number, as its method describes it.</summary>
/// <param name="Name">Name that no other function of the model has; a part of the names of generated methods.</param>
/// <param name="DisplayName">Its name as people read it, such as <c>Forecaster.Swish</c>.</param>
/// <param name="Nodes">All values of the body, each once, operands before the nodes that use them.</param>
/// <param name="Result">The node whose value the method returns.</param>
internal sealed record UserFunction(string Name, string DisplayName, EquatableArray<UserNode> Nodes, int Result);

/// <summary>One value of a function's body: a number, or a condition.</summary>
/// <param name="Operation">What is done with the operands.</param>
/// <param name="A">The first operand's index, or −1.</param>
/// <param name="B">The second operand's index, or −1.</param>
/// <param name="C">The third operand's index, or −1.</param>
/// <param name="Value">The number, for constants and exponents.</param>
internal sealed record UserNode(UserOperation Operation, int A, int B, int C, float Value)
{
    /// <summary>The user's local that first held the value, for the reader of the generated code.</summary>
    public string? Local { get; init; }
}

/// <summary>What the body of a user's function consists of.</summary>
internal enum UserOperation
{
    /// <summary>The function's argument.</summary>
    Argument,

    Constant,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    FusedMultiplyAdd,
    Abs,
    Min,
    Max,
    SquareRoot,
    Exp,
    Log,
    Sin,
    Cos,
    Sinh,
    Cosh,
    Tanh,
    Atan,

    /// <summary>a to a constant power, which is the node's number.</summary>
    Power,

    /// <summary>a ? b : c, of numbers or of conditions.</summary>
    Select,

    Less,
    LessOrEqual,
    Equal,
    And,
    Or,
    Not,
    True,
    False,
}
