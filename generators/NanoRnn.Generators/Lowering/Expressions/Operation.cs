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

    /// <summary><c>a &lt; b ? c : d</c>; with a NaN in a or b it is d.</summary>
    SelectLess,

    /// <summary>√a, rounded once on every processor.</summary>
    SquareRoot,

    /// <summary>
    /// <c>f(a)</c>, <c>b·f(a)</c> or <c>b·f(a) + c</c> for a named function with a derivative and expansions of its own.
    /// </summary>
    Function,

    /// <summary><c>a &lt; b ? a : b</c>; with a NaN it is b.</summary>
    Min,

    /// <summary><c>a &gt; b ? a : b</c>; with a NaN it is b.</summary>
    Max,

    /// <summary><c>a·2ⁿ</c> for <c>b = 1.5·2²³ + n</c>, by adding the low bits of b to the exponent of a.</summary>
    ScaleByPowerOfTwo,

    /// <summary>
    /// <c>2ⁿ</c> for <c>a = 1.5·2²³ + 127 + n</c>, whose low bits become an exponent's: from 0 for n = −127 to infinity for n = 128.
    /// </summary>
    PowerOfTwo,

    /// <summary><c>1.5·2²³ + n</c> for a positive normal <c>a = 2ⁿ·m</c> with √½ ≤ m &lt; √2, from the bits of a.</summary>
    BinaryExponent,
}
