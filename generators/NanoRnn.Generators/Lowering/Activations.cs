using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Lowering.Functions;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering;

/// <summary>The elementwise activations as expressions, with Keras 3's formulas.</summary>
internal static class Activations
{
    private const float LeakySlope = 0.2f;
    private const float SeluScale = 1.05070098735548049f;
    private const float SeluAlpha = 1.67326324235437728f;

    public static Expr Apply(this ActivationKind activation, Expr x) => activation switch
    {
        ActivationKind.Linear => x,
        ActivationKind.Relu => WherePositive(x, x, x.Graph.Constant(0)),
        ActivationKind.LeakyRelu => WherePositive(x, x, LeakySlope * x),
        ActivationKind.Elu => WherePositive(x, x, ExponentialMinusOne.Instance.Of(x)),
        ActivationKind.Selu => WherePositive(
            x, SeluScale * x, SeluScale * SeluAlpha * ExponentialMinusOne.Instance.Of(x)),
        ActivationKind.Softplus => Softplus.Instance.Of(x),
        ActivationKind.Softsign => Softsign.Instance.Of(x),
        ActivationKind.Tanh => Tanh.Instance.Of(x),
        ActivationKind.Sigmoid => Sigmoid.Instance.Of(x),
        ActivationKind.HardSigmoid => x.Graph.Clamp(1f / 6 * x + 0.5f, 0, 1),
        ActivationKind.Silu => Silu.Instance.Of(x),
        ActivationKind.Gelu => Gelu.Instance.Of(x),
        ActivationKind.Exponential => Exponential.Instance.Of(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "not an elementwise activation"),
    };

    /// <summary>Between what the values of an activation lie.</summary>
    public static OutputRange Range(this ActivationKind activation) => activation switch
    {
        ActivationKind.Sigmoid or ActivationKind.Softmax => OutputRange.Probability,
        ActivationKind.HardSigmoid => OutputRange.UnitInterval,
        ActivationKind.Softplus or ActivationKind.Exponential => OutputRange.Positive,
        ActivationKind.Linear or ActivationKind.Relu or ActivationKind.LeakyRelu or ActivationKind.Elu or ActivationKind.Selu
            or ActivationKind.Softsign or ActivationKind.Tanh or ActivationKind.Silu or ActivationKind.Gelu => OutputRange.Any,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "an activation without a range"),
    };

    /// <summary>The first value where x is positive or not a number, else the second.</summary>
    public static Expr WherePositive(Expr x, Expr positive, Expr otherwise) =>
        x.Graph.SelectLessOrEqual(x, x.Graph.Constant(0), otherwise, positive);
}
