namespace NanoRnn.Generators.Lowering.Expressions;

/// <summary>What a node of an expression does with its operands, lane by lane.</summary>
internal enum Operation
{
    /// <summary>A number.</summary>
    Constant,

    /// <summary>A value from outside the expression: a sum of an affine map, a state, a gradient.</summary>
    Leaf,

    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Abs,

    /// <summary><c>a·b + c</c> with one rounding.</summary>
    FusedMultiplyAdd,

    /// <summary><c>a ≤ b ? c : d</c>; with a NaN in a or b it is d.</summary>
    SelectLessOrEqual,

    /// <summary>A named function of one operand, with a derivative and an expansion of its own.</summary>
    Function,

    /// <summary><c>2ⁿ⁻¹</c> for the operand <c>1.5·2²³ + n</c>, by shifting its low bits into the exponent.</summary>
    HalfPowerOfTwo,
}
