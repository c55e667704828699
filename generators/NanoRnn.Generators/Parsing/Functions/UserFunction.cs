namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>A user's function of one number, or of two, as its method describes it.</summary>
/// <param name="Name">Name that no other function of its kind in the model has; a part of the names of generated members.</param>
/// <param name="DisplayName">Its name as people read it, such as <c>Forecaster.Swish</c>.</param>
/// <param name="Nodes">All values of the body, each once, operands before the nodes that use them.</param>
/// <param name="Result">The node whose value the method returns.</param>
internal sealed record UserFunction(string Name, string DisplayName, EquatableArray<UserNode> Nodes, int Result)
{
    /// <summary>Whether the value can change with an argument other than from one branch to another.</summary>
    public bool HasSlope(int argument)
    {
        // Operands come before the nodes that use them.
        var depends = new bool[Nodes.Count];
        for (var i = 0; i < depends.Length; i++)
        {
            var node = Nodes[i];
            depends[i] = node.Operation switch
            {
                UserOperation.Argument => node.Value == argument,
                UserOperation.Less or UserOperation.LessOrEqual or UserOperation.Equal => false,
                _ => Depends(node.A) || Depends(node.B) || Depends(node.C),
            };
        }

        return depends[Result];

        bool Depends(int operand) => operand >= 0 && depends[operand];
    }
}

/// <summary>One value of a function's body: a number, or a condition.</summary>
/// <param name="Operation">What is done with the operands.</param>
/// <param name="A">The first operand's index, or −1.</param>
/// <param name="B">The second operand's index, or −1.</param>
/// <param name="C">The third operand's index, or −1.</param>
/// <param name="Value">The number, for constants and exponents; the position, for arguments.</param>
internal sealed record UserNode(UserOperation Operation, int A, int B, int C, float Value)
{
    /// <summary>The user's local that first held the value, for the reader of the generated code.</summary>
    public string? Local { get; init; }
}

/// <summary>What the body of a user's function consists of.</summary>
internal enum UserOperation
{
    /// <summary>An argument of the function.</summary>
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
