namespace NanoRnn;

/// <summary>
/// How the weights follow the gradient, with Keras's formulas. An optimizer is an immutable description; what it remembers
/// between steps lives in the <see cref="Trainer{TModel}"/>.
/// </summary>
/// <remarks>
/// <para>What all optimizers share is set with <see langword="with"/>: <c>Optimizer.Adam() with { GlobalClipNorm = 1 }</c>. If several
/// clippings are set, <see cref="ClipNorm"/> goes before <see cref="GlobalClipNorm"/> and that before <see cref="ClipValue"/>, as in Keras;
/// only the first applies. A step is: the mean of the accumulated gradients, clipping, weight decay, the optimizer's own formula, the
/// moving average.</para>
/// <para>g is the gradient (after clipping), w the weight, rate the learning rate, and all operations are exactly rounded floats, so
/// every platform takes the same step.</para>
/// </remarks>
public abstract record Optimizer
{
    private protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate at the start, finite and not negative; <see cref="Trainer{TModel}.LearningRate"/> can change it later.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get;
        init => field = ArgumentChecks.FiniteNonNegative(value, nameof(LearningRate));
    }

    /// <summary>What the learning rate of every step is, in place of <see cref="LearningRate"/>; null if it is constant.</summary>
    public LearningRateSchedule? LearningRateSchedule { get; init; }

    /// <summary>
    /// Weight decay apart from the gradient (Loshchilov and Hutter 2017): <c>w −= w·decay·rate</c> before a step, finite and not negative,
    /// or null for none. Biases, and scales and offsets of normalizations, are spared unless <see cref="DecayAllWeights"/> is set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double? WeightDecay
    {
        get;
        init => field = value is { } decay ? ArgumentChecks.FiniteNonNegative(decay, nameof(WeightDecay)) : null;
    }

    /// <summary>
    /// Whether <see cref="WeightDecay"/> is for all tensors, also for biases and other vectors, as in Keras where nothing is excluded.
    /// Default false.
    /// </summary>
    public bool DecayAllWeights { get; init; }

    /// <summary>Largest magnitude of an element of the gradient, finite and positive, or null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? ClipValue
    {
        get;
        init => field = CheckClip(value, nameof(ClipValue));
    }

    /// <summary>
    /// Largest Euclidean norm of the gradient of one tensor (kernel, recurrent kernel, bias, …), finite and positive, or null
    /// for no limit; a longer gradient is scaled down.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? ClipNorm
    {
        get;
        init => field = CheckClip(value, nameof(ClipNorm));
    }

    /// <summary>
    /// Largest Euclidean norm of the gradient of all tensors together, finite and positive, or null for no limit; a longer
    /// gradient is scaled down.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? GlobalClipNorm
    {
        get;
        init => field = CheckClip(value, nameof(GlobalClipNorm));
    }

    /// <summary>
    /// Batches whose mean gradient makes one step, at least 1: as if they were one batch, in the memory of one. A batch before the last
    /// of them changes no weight. Default 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int GradientAccumulationSteps
    {
        get;
        init => field = ArgumentChecks.AtLeastOne(value, nameof(GradientAccumulationSteps));
    } = 1;

    /// <summary>
    /// Whether to keep an exponential moving average of the weights: after every step <c>a = EmaMomentum·a + (1 − EmaMomentum)·w</c>, from the
    /// weights after the first step on. The averages take the weights' place when <c>Fit</c> ends, by
    /// <see cref="Trainer{TModel}.FinalizeWeights"/>, and every <see cref="EmaOverwriteFrequency"/> steps. Default false.
    /// </summary>
    public bool UseEma { get; init; }

    /// <summary>The share of the old average, from 0 to 1. Default 0.99.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 0 … 1.</exception>
    public double EmaMomentum
    {
        get;
        init => field = ArgumentChecks.Share(value, nameof(EmaMomentum));
    } = 0.99;

    /// <summary>After how many steps the averages take the weights' place, at least 1, or null for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? EmaOverwriteFrequency
    {
        get;
        init => field = value is { } steps ? ArgumentChecks.AtLeastOne(steps, nameof(EmaOverwriteFrequency)) : null;
    }

    /// <summary>
    /// Gradient descent: <c>w −= rate·g</c>; with momentum <c>m = momentum·m − rate·g</c> and <c>w += m</c>, or
    /// <c>w += momentum·m − rate·g</c> after Nesterov.
    /// </summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="momentum">From 0 (none) to less than 1.</param>
    /// <param name="nesterov">Whether to look ahead along the momentum. Without momentum it has no effect.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Sgd(double learningRate = 0.01, double momentum = 0, bool nesterov = false) =>
        new SgdOptimizer(learningRate, (float)ArgumentChecks.Decay(momentum), nesterov);

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
        double learningRate = 0.001, double rho = 0.9, double momentum = 0, double epsilon = 1e-7, bool centered = false) =>
        new RmsPropOptimizer(
            learningRate,
            (float)ArgumentChecks.Decay(rho),
            (float)ArgumentChecks.Decay(momentum),
            (float)ArgumentChecks.FinitePositive(epsilon),
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
    /// <param name="amsgrad">Whether the largest v so far stands in v's place (Reddi, Kale and Kumar 2018).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Adam(
        double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false) =>
        new AdamOptimizer(
            learningRate, (float)ArgumentChecks.Decay(beta1), (float)ArgumentChecks.Decay(beta2), (float)ArgumentChecks.FinitePositive(epsilon), amsgrad);

    /// <summary><see cref="Adam"/> with <see cref="WeightDecay"/> (Loshchilov and Hutter 2017).</summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="weightDecay">Share of a weight that a step of rate 1 takes away, finite and not negative.</param>
    /// <param name="beta1">Decay of the mean gradient, from 0 to less than 1.</param>
    /// <param name="beta2">Decay of the mean square, from 0 to less than 1.</param>
    /// <param name="epsilon">Finite and positive.</param>
    /// <param name="amsgrad">Whether the largest v so far stands in v's place.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer AdamW(
        double learningRate = 0.001, double weightDecay = 0.004, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7,
        bool amsgrad = false) =>
        Adam(learningRate, beta1, beta2, epsilon, amsgrad) with { WeightDecay = weightDecay };

    /// <summary>
    /// Adam with Nesterov's momentum (Dozat 2016): m and v as <see cref="Adam"/>'s, <c>uₜ = beta1·(1 − ½·0.96ᵗ)</c>,
    /// <c>w −= rate·(uₜ₊₁·m/(1 − u₁⋯uₜ₊₁) + (1 − uₜ)·g/(1 − u₁⋯uₜ))/(√(v/(1 − beta2ᵗ)) + epsilon)</c>.
    /// </summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="beta1">Decay of the mean gradient, from 0 to less than 1.</param>
    /// <param name="beta2">Decay of the mean square, from 0 to less than 1.</param>
    /// <param name="epsilon">Finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Nadam(
        double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7) =>
        new NadamOptimizer(
            learningRate, (float)ArgumentChecks.Decay(beta1), (float)ArgumentChecks.Decay(beta2), (float)ArgumentChecks.FinitePositive(epsilon));

    /// <summary>
    /// Adamax (Kingma and Ba 2014): m as <see cref="Adam"/>'s, <c>u = max(beta2·u, |g|)</c>,
    /// <c>w −= rate/(1 − beta1ᵗ)·m/(u + epsilon)</c>.
    /// </summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="beta1">Decay of the mean gradient, from 0 to less than 1.</param>
    /// <param name="beta2">Decay of the largest magnitude, from 0 to less than 1.</param>
    /// <param name="epsilon">Finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Adamax(
        double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7) =>
        new AdamaxOptimizer(
            learningRate, (float)ArgumentChecks.Decay(beta1), (float)ArgumentChecks.Decay(beta2), (float)ArgumentChecks.FinitePositive(epsilon));

    /// <summary>Adagrad (Duchi, Hazan and Singer 2011): <c>a += g²</c>, <c>w −= rate·g/√(a + epsilon)</c>.</summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="initialAccumulatorValue">Where a starts, finite and not negative.</param>
    /// <param name="epsilon">Finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Adagrad(double learningRate = 0.001, double initialAccumulatorValue = 0.1, double epsilon = 1e-7) =>
        new AdagradOptimizer(
            learningRate, (float)ArgumentChecks.FiniteNonNegative(initialAccumulatorValue), (float)ArgumentChecks.FinitePositive(epsilon));

    /// <summary>
    /// Adadelta (Zeiler 2012): <c>a = rho·a + (1 − rho)·g²</c>, <c>c = g·√(d + epsilon)/√(a + epsilon)</c>,
    /// <c>d = rho·d + (1 − rho)·c²</c>, <c>w −= rate·c</c>. The paper's rate is 1.
    /// </summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="rho">Decay of the mean squares, from 0 to less than 1.</param>
    /// <param name="epsilon">Finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Adadelta(double learningRate = 0.001, double rho = 0.95, double epsilon = 1e-7) =>
        new AdadeltaOptimizer(learningRate, (float)ArgumentChecks.Decay(rho), (float)ArgumentChecks.FinitePositive(epsilon));

    /// <summary>
    /// Lion (Chen and others 2023): <c>w −= rate·sign(beta1·m + (1 − beta1)·g)</c>, then <c>m = beta2·m + (1 − beta2)·g</c>. Its rate is
    /// three to ten times smaller than Adam's.
    /// </summary>
    /// <param name="learningRate">Rate, finite and not negative.</param>
    /// <param name="beta1">Share of the mean gradient in the direction, from 0 to less than 1.</param>
    /// <param name="beta2">Decay of the mean gradient, from 0 to less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Lion(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.99) =>
        new LionOptimizer(learningRate, (float)ArgumentChecks.Decay(beta1), (float)ArgumentChecks.Decay(beta2));

    /// <summary>What files call it, whatever its numbers are.</summary>
    internal abstract string Name { get; }

    /// <summary>Names of the numbers that an update keeps for each packed weight, Keras's.</summary>
    internal abstract string[] SlotNames { get; }

    /// <summary>How many numbers are kept for each packed weight in all.</summary>
    internal int SlotCount => SlotNames.Length + (AccumulatesGradients ? 1 : 0) + (UseEma ? 1 : 0);

    /// <summary>Whether gradients are clipped in some way.</summary>
    internal bool Clips => (ClipNorm ?? GlobalClipNorm ?? ClipValue) is not null;

    /// <summary>Whether some batches take no step.</summary>
    internal bool AccumulatesGradients => GradientAccumulationSteps > 1;

    /// <summary>An update with fresh memory for <paramref name="length"/> packed weights, from an arena or allocated.</summary>
    internal abstract OptimizerUpdate CreateUpdate(int length, MemoryArena? arena = null);

    private static double? CheckClip(double? value, string name) =>
        value is { } clip ? ArgumentChecks.FinitePositive(clip, name) : null;
}
