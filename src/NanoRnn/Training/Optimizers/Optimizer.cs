namespace NanoRnn;

/// <summary>
/// How the weights follow the gradient, with Keras's formulas. An optimizer is an immutable description; what it remembers
/// between steps lives in the <see cref="Trainer{TModel}"/>.
/// </summary>
/// <remarks>
/// Clipping is set with <see langword="with"/>: <c>Optimizer.Adam() with { GlobalClipNorm = 1 }</c>. If several are set,
/// <see cref="ClipNorm"/> goes before <see cref="GlobalClipNorm"/> and that before <see cref="ClipValue"/>, as in Keras; only
/// the first applies. g is the gradient (after clipping), w the weight, and all operations are exactly rounded floats, so
/// every platform takes the same step.
/// </remarks>
public abstract record Optimizer
{
    private protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate at the start, finite and not negative; <see cref="Trainer{TModel}.LearningRate"/> can change it later.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get;
        init => field = ArgumentChecks.FiniteNonNegative(value);
    }

    /// <summary>Largest magnitude of an element of the gradient, finite and positive, or null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public float? ClipValue
    {
        get;
        init => field = CheckClip(value, nameof(ClipValue));
    }

    /// <summary>
    /// Largest Euclidean norm of the gradient of one tensor (kernel, recurrent kernel, bias, …), finite and positive, or null
    /// for no limit; a longer gradient is scaled down.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public float? ClipNorm
    {
        get;
        init => field = CheckClip(value, nameof(ClipNorm));
    }

    /// <summary>
    /// Largest Euclidean norm of the gradient of all tensors together, finite and positive, or null for no limit; a longer
    /// gradient is scaled down.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public float? GlobalClipNorm
    {
        get;
        init => field = CheckClip(value, nameof(GlobalClipNorm));
    }

    /// <summary>
    /// Gradient descent: <c>w −= rate·g</c>; with momentum <c>m = momentum·m − rate·g</c> and <c>w += m</c>, or
    /// <c>w += momentum·m − rate·g</c> after Nesterov.
    /// </summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="momentum">From 0 (none) to less than 1.</param>
    /// <param name="nesterov">Whether to look ahead along the momentum. Without momentum it has no effect.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Sgd(float learningRate = 0.01f, float momentum = 0, bool nesterov = false) =>
        new SgdOptimizer(learningRate, ArgumentChecks.Decay(momentum), nesterov);

    /// <summary>
    /// RMSprop (Hinton 2012): <c>v = rho·v + (1 − rho)·g²</c>, step <c>rate·g/√(v + epsilon)</c>; centered, the square of the
    /// mean gradient is taken from v.
    /// </summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="rho">Decay of the mean square, from 0 to less than 1.</param>
    /// <param name="momentum">From 0 (none) to less than 1: <c>m = momentum·m + step</c>, <c>w −= m</c>.</param>
    /// <param name="epsilon">Finite and positive.</param>
    /// <param name="centered">
    /// Whether to normalise by the variance instead of the mean square. A variance that rounding made negative counts as zero.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer RmsProp(
        float learningRate = 0.001f, float rho = 0.9f, float momentum = 0, float epsilon = 1e-7f, bool centered = false) =>
        new RmsPropOptimizer(
            learningRate,
            ArgumentChecks.Decay(rho),
            ArgumentChecks.Decay(momentum),
            ArgumentChecks.FinitePositive(epsilon),
            centered);

    /// <summary>
    /// Adam (Kingma and Ba 2014): <c>m += (1 − beta1)(g − m)</c>, <c>v += (1 − beta2)(g² − v)</c>,
    /// <c>w −= rate·√(1 − beta2ᵗ)/(1 − beta1ᵗ)·m/(√v + epsilon)</c> at step t = 1, 2, …
    /// </summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="beta1">Decay of the mean gradient, from 0 to less than 1.</param>
    /// <param name="beta2">Decay of the mean square, from 0 to less than 1.</param>
    /// <param name="epsilon">
    /// Finite and positive. As in Keras it is added to the uncorrected √v (the paper's ε̂), unlike in PyTorch.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Adam(
        float learningRate = 0.001f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-7f) =>
        new AdamOptimizer(
            learningRate, ArgumentChecks.Decay(beta1), ArgumentChecks.Decay(beta2), ArgumentChecks.FinitePositive(epsilon));

    /// <summary>Numbers that an update keeps for each packed weight.</summary>
    internal abstract int Slots { get; }

    /// <summary>An update with zeroed memory for <paramref name="length"/> packed weights, from an arena or allocated.</summary>
    internal abstract OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null);

    private static float? CheckClip(float? value, string name) =>
        value is { } clip ? ArgumentChecks.FinitePositive(clip, name) : null;
}
