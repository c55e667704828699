namespace NanoRnn;

/// <summary>Activation functions, with Keras 3's formulas.</summary>
public enum Activation
{
    /// <summary><c>x</c></summary>
    Linear,

    /// <summary><c>max(x, 0)</c></summary>
    Relu,

    /// <summary><c>x</c> if <c>x &gt; 0</c>, else <c>0.2·x</c></summary>
    LeakyRelu,

    /// <summary><c>x</c> if <c>x &gt; 0</c>, else <c>eˣ − 1</c></summary>
    Elu,

    /// <summary><c>1.05070098·x</c> if <c>x &gt; 0</c>, else <c>1.05070098·1.67326324·(eˣ − 1)</c></summary>
    Selu,

    /// <summary><c>ln(1 + eˣ)</c></summary>
    Softplus,

    /// <summary><c>x / (1 + |x|)</c></summary>
    Softsign,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary><c>1 / (1 + e⁻ˣ)</c></summary>
    Sigmoid,

    /// <summary><c>x/6 + 1/2</c>, clipped to 0…1 (Keras 3; Keras 2 and ONNX use 0.2·x + 1/2).</summary>
    HardSigmoid,

    /// <summary>Swish, <c>x·sigmoid(x)</c></summary>
    Silu,

    /// <summary>The same function as <see cref="Silu"/> under its other name.</summary>
    Swish = Silu,

    /// <summary><c>x·Φ(x)</c> with the Gaussian distribution function Φ, not its tanh approximation.</summary>
    Gelu,

    /// <summary><c>eˣ</c></summary>
    Exponential,

    /// <summary><c>e^xᵢ / Σ e^xⱼ</c> over the units of one time step; only on a <see cref="DenseAttribute"/>.</summary>
    Softmax,
}
