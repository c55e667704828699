using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// What training minimises, with Keras's formulas: a mean over the last axis of the output, the batch and, for a model that
/// returns sequences, the time. A loss has no state and can be shared. <see cref="LossAttribute"/> makes one of a method.
/// </summary>
/// <remarks>
/// y is the model's output, t the target. Sums are made of 16 partial sums in double precision, so the same outputs give
/// the same loss on every platform.
/// </remarks>
public abstract class Loss
{
    private protected Loss(string name) => Name = name;

    /// <summary>Mean of <c>(y − t)²</c>.</summary>
    public static Loss MeanSquaredError => VectorLoss<SquaredError>.Instance;

    /// <summary>Mean of <c>|y − t|</c>; the gradient at zero is zero.</summary>
    public static Loss MeanAbsoluteError => VectorLoss<AbsoluteError>.Instance;

    /// <summary>Mean of <c>100·|y − t|/max(|t|, 1e-7)</c>, in percent; the gradient at zero is zero.</summary>
    public static Loss MeanAbsolutePercentageError => MeanAbsolutePercentageErrorLoss.Instance;

    /// <summary>
    /// Mean of <c>(ln(1 + y) − ln(1 + t))²</c>, for numbers that are not negative. Outputs and targets below 1e-7 count as that; such an
    /// output's gradient is zero.
    /// </summary>
    public static Loss MeanSquaredLogarithmicError => MeanSquaredLogarithmicErrorLoss.Instance;

    /// <summary>Mean of <c>ln cosh(y − t)</c>: about ½e² for small errors and |e| − ln 2 for large ones.</summary>
    public static Loss LogCosh => LogCoshLoss.Instance;

    /// <summary>
    /// Mean of <c>y − t·ln(y + 1e-7)</c>, for targets that are counts and outputs that are their expected numbers: a last layer whose outputs are
    /// not negative, such as softplus or exponential; a trainer refuses others.
    /// </summary>
    public static Loss Poisson => PoissonLoss.Instance;

    /// <summary>
    /// Mean of <c>max(1 − t·y, 0)</c>, for targets −1 and 1, where 0 counts as −1, and outputs of both signs; a trainer refuses a last layer
    /// without negative outputs.
    /// </summary>
    public static Loss Hinge => HingeLoss.Instance;

    /// <summary>Mean of <c>max(1 − t·y, 0)²</c>, for what <see cref="Hinge"/> is for.</summary>
    public static Loss SquaredHinge => SquaredHingeLoss.Instance;

    /// <summary>
    /// Mean over samples (and time steps) of <c>max(max((1 − t)·y) − Σt·y + 1, 0)</c>, for one-hot targets and outputs that are scores of two
    /// or more classes.
    /// </summary>
    public static Loss CategoricalHinge => CategoricalHingeLoss.Instance;

    /// <summary>
    /// Mean over samples (and time steps) of <c>Σ t·ln(t/y)</c> (Kullback and Leibler), for targets and outputs that are probabilities, both
    /// clipped to [1e-7, 1]: a last layer whose outputs are values of softmax, sigmoid or hard sigmoid; a trainer refuses others. With a dense
    /// softmax layer last, the gradient goes past the softmax: <c>(y·Σt − t)/n</c>.
    /// </summary>
    public static Loss KLDivergence => KLDivergenceLoss.Instance;

    /// <summary>
    /// Mean over samples (and time steps) of minus the cosine between output and target, from −1 (the same direction) to 1; a norm below 1e-7
    /// counts as that. For two or more outputs.
    /// </summary>
    public static Loss CosineSimilarity => CosineSimilarityLoss.Instance;

    /// <summary>
    /// Mean of <c>−t·ln y − (1 − t)·ln(1 − y)</c>, for outputs that are independent probabilities: a last layer whose outputs are values
    /// of sigmoid, hard sigmoid or softmax; a trainer refuses others. Outputs are clipped to [1e-7, 1 − 1e-7], where the gradient of a
    /// model without final sigmoid is zero, as in Keras. With a dense sigmoid layer last, the gradient goes past the sigmoid:
    /// <c>(y − t)/n</c>.
    /// </summary>
    public static Loss BinaryCrossentropy => BinaryCrossentropyLoss.Instance;

    /// <summary>
    /// <see cref="BinaryCrossentropy"/> of the sigmoid of the outputs, logits of any magnitude: a linear last layer; a trainer refuses one whose
    /// outputs are probabilities. The gradient is <c>(sigmoid(y) − t)/n</c>.
    /// </summary>
    public static Loss BinaryCrossentropyFromLogits => BinaryCrossentropyFromLogitsLoss.Instance;

    /// <summary>
    /// Mean over samples (and time steps) of <c>−Σ tᵢ·ln yᵢ</c>, for outputs that are probabilities of classes and targets that
    /// are one-hot or probabilities: a last layer whose outputs are values of softmax or, since outputs are scaled to the sum 1, of
    /// sigmoid, softplus or exponential; a trainer refuses others. Then they are clipped to [1e-7, 1 − 1e-7], as in Keras. With a dense
    /// softmax layer last, the gradient goes past the softmax: <c>(y·Σt − t)/n</c>.
    /// </summary>
    public static Loss CategoricalCrossentropy => CategoricalCrossentropyLoss.Instance;

    /// <summary>
    /// <see cref="CategoricalCrossentropy"/> of the softmax of the outputs, logits of any magnitude: a linear last layer; a trainer refuses one
    /// whose outputs are probabilities. The gradient is <c>(softmax(y)·Σt − t)/n</c>.
    /// </summary>
    public static Loss CategoricalCrossentropyFromLogits => CategoricalCrossentropyFromLogitsLoss.Instance;

    /// <summary>
    /// <see cref="CategoricalCrossentropy"/> for targets that are class indices, 0 … classes − 1 as floats: one per sample, or
    /// one per time step if the model returns sequences.
    /// </summary>
    public static Loss SparseCategoricalCrossentropy => SparseCategoricalCrossentropyLoss.Instance;

    /// <summary><see cref="CategoricalCrossentropyFromLogits"/> for targets that are class indices.</summary>
    public static Loss SparseCategoricalCrossentropyFromLogits => SparseCategoricalCrossentropyFromLogitsLoss.Instance;

    /// <summary>
    /// Connectionist temporal classification (Graves and others 2006), for labels without times: minus the logarithm of the probability of all
    /// alignments of a sequence's labels, the mean over sequences. Outputs are logits at every step of two or more classes, of which 0 is the
    /// blank. A target has <see cref="TrainerOptions.TargetSteps"/> labels of a sequence, 1 … classes − 1, and zeros behind them, as in Keras; it
    /// needs as many steps as labels, and one more for each that equals the one before. The lengths of sequences count.
    /// <see cref="CtcDecoder"/> reads labels from outputs.
    /// </summary>
    public static Loss Ctc => CtcLoss.Instance;

    /// <summary>Name of the loss.</summary>
    public string Name { get; }

    /// <summary>
    /// Mean of <c>½e²</c> where <c>|e| ≤ delta</c> and <c>delta·|e| − ½delta²</c> elsewhere, with <c>e = y − t</c> (Huber 1964).
    /// </summary>
    /// <param name="delta">Where the parabola turns into a line; finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not finite and positive.</exception>
    public static Loss Huber(double delta = 1) =>
        new VectorLoss<HuberError>(new HuberError((float)ArgumentChecks.FinitePositive(delta)));

    /// <summary>
    /// Several quantiles at once (Koenker and Bassett 1978): the mean of <c>max(q·(t − y), (q − 1)·(t − y))</c> over all quantiles q. The
    /// outputs of one target lie side by side, one for each quantile in their order, so a model has targets × quantiles outputs; a trainer
    /// refuses others. The gradient at zero is zero.
    /// </summary>
    /// <param name="quantiles">Numbers between 0 and 1, each greater than the one before: 0.1, 0.5, 0.9 are a median and a band of 80 %.</param>
    /// <exception cref="ArgumentException">There is none, or one is not such a number.</exception>
    public static Loss Quantile(params double[] quantiles)
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        return new QuantileLoss([.. quantiles]);
    }

    /// <summary>
    /// <see cref="BinaryCrossentropy"/> with a share of every target spread over both classes: <c>t·(1 − labelSmoothing) + ½·labelSmoothing</c>.
    /// </summary>
    /// <param name="labelSmoothing">The share, from 0 to 1.</param>
    /// <param name="fromLogits">Whether outputs are logits, as for <see cref="BinaryCrossentropyFromLogits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is outside 0 … 1.</exception>
    public static Loss BinaryCrossentropyWithLabelSmoothing(double labelSmoothing, bool fromLogits = false) =>
        fromLogits ? new BinaryCrossentropyFromLogitsLoss(labelSmoothing) : new BinaryCrossentropyLoss(labelSmoothing);

    /// <summary>
    /// <see cref="CategoricalCrossentropy"/> with a share of every target spread over all classes:
    /// <c>t·(1 − labelSmoothing) + labelSmoothing/classes</c>.
    /// </summary>
    /// <param name="labelSmoothing">The share, from 0 to 1.</param>
    /// <param name="fromLogits">Whether outputs are logits, as for <see cref="CategoricalCrossentropyFromLogits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is outside 0 … 1.</exception>
    public static Loss CategoricalCrossentropyWithLabelSmoothing(double labelSmoothing, bool fromLogits = false) =>
        fromLogits ? new CategoricalCrossentropyFromLogitsLoss(labelSmoothing) : new CategoricalCrossentropyLoss(labelSmoothing);

    /// <summary>
    /// <see cref="BinaryCrossentropy"/> times <c>(1 − p)^gamma</c>, where p is the probability of the target (Lin and others 2017): what is right
    /// already counts little.
    /// </summary>
    /// <param name="applyClassBalancing">Whether targets of 1 have the weight <paramref name="alpha"/> and others <c>1 − alpha</c>.</param>
    /// <param name="alpha">From 0 to 1.</param>
    /// <param name="gamma">Finite and not negative.</param>
    /// <param name="fromLogits">Whether outputs are logits, as for <see cref="BinaryCrossentropyFromLogits"/>.</param>
    /// <param name="labelSmoothing">As for <see cref="BinaryCrossentropyWithLabelSmoothing"/>, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Loss BinaryFocalCrossentropy(
        bool applyClassBalancing = false, double alpha = 0.25, double gamma = 2, bool fromLogits = false, double labelSmoothing = 0)
    {
        ArgumentChecks.Share(alpha);
        return new BinaryFocalCrossentropyLoss(new FocalFactor(gamma), applyClassBalancing ? alpha : null, fromLogits, labelSmoothing);
    }

    /// <summary>
    /// Mean over samples (and time steps) of <c>−Σ alpha·(1 − yᵢ)^gamma·tᵢ·ln yᵢ</c>, for what <see cref="CategoricalCrossentropy"/> is for (Lin
    /// and others 2017).
    /// </summary>
    /// <param name="alpha">Factor of the whole, finite and not negative.</param>
    /// <param name="gamma">Finite and not negative.</param>
    /// <param name="fromLogits">Whether outputs are logits, as for <see cref="CategoricalCrossentropyFromLogits"/>.</param>
    /// <param name="labelSmoothing">As for <see cref="CategoricalCrossentropyWithLabelSmoothing"/>, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Loss CategoricalFocalCrossentropy(
        double alpha = 0.25, double gamma = 2, bool fromLogits = false, double labelSmoothing = 0) =>
        new CategoricalFocalCrossentropyLoss(
            ArgumentChecks.FiniteNonNegative(alpha), new FocalFactor(gamma), fromLogits, labelSmoothing);

    /// <summary>
    /// A loss for each of the outputs that <see cref="OutputAttribute"/> names: the sum of their means, each times its weight. Targets lie side
    /// by side in the order of the outputs, as many numbers as each loss takes: one for a class index. An output without a loss has no target.
    /// <see cref="History"/> has each of them too, without its weight, as <c>gains_loss</c>. The gradient of a cross-entropy of probabilities
    /// that are clipped, below 1e-7 or above 1 − 1e-7, is zero; those from logits have no such end.
    /// </summary>
    /// <param name="losses">
    /// Name of the output's layer, loss and weight, which is finite and not negative:
    /// <c>Loss.Combined(("gains", Loss.MeanSquaredError, 10), ("vad", Loss.BinaryCrossentropy, 0.5))</c>.
    /// </param>
    /// <exception cref="ArgumentException">There is none, or a weight is not such a number.</exception>
    public static Loss Combined(params (string Output, Loss Loss, double Weight)[] losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        return new CombinedLoss([.. losses]);
    }

    /// <summary>The loss of outputs that are at hand.</summary>
    /// <param name="outputs">Positions × <paramref name="outputSize"/> floats, at least one position.</param>
    /// <param name="targets">
    /// As many floats; for <see cref="SparseCategoricalCrossentropy"/> one per position, for <see cref="Quantile"/> one for each so many outputs,
    /// for <see cref="Ctc"/> the labels of one sequence.
    /// </param>
    /// <param name="outputSize">Features of one output, at least 1.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a class index is no class.</exception>
    /// <exception cref="InvalidOperationException">It is <see cref="Combined"/>, which only a trainer computes.</exception>
    public float Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputSize, 1);
        var (positions, rest) = int.DivRem(outputs.Length, outputSize);
        if (positions == 0 || rest != 0)
        {
            throw new ArgumentException(
                $"Expected one or more outputs of {outputSize} floats, found {outputs.Length} floats.", nameof(outputs));
        }

        var expected = positions * TargetsPerPosition(outputSize);
        if (!IsOfSequences && targets.Length != expected)
            throw new ArgumentException($"Expected {expected} floats, found {targets.Length}.", nameof(targets));
        if (FindMistake(targets, outputSize, positions) is { } mistake)
            throw new ArgumentException($"The target {mistake}.", nameof(targets));
        return (float)(Sum(outputs, targets, outputSize) / CountTerms(positions, outputSize));
    }

    /// <summary>Name of the loss.</summary>
    public override string ToString() => Name;

    /// <summary>Floats of the target for one output position.</summary>
    internal virtual int TargetsPerPosition(int outputSize) => outputSize;

    /// <summary>Number of terms whose mean is the loss.</summary>
    internal virtual long CountTerms(int positions, int outputSize) => (long)positions * outputSize;

    /// <summary>Whether the gradient goes past this activation of the last layer in one formula.</summary>
    internal virtual bool IsFusedWith(Activation activation) => false;

    /// <summary>Why this loss makes no sense for a model, and what does; null if it is made for such outputs.</summary>
    internal abstract string? FindMismatch(ModelLayout layout);

    /// <summary>This loss for a model: with the places of its outputs, if it needs them.</summary>
    internal virtual Loss For(ModelLayout layout) => this;

    /// <summary>What is to be shown of it beside the whole, as metrics.</summary>
    internal virtual Metric[] CreateMetrics() => [];

    /// <summary>Where the target of one of several outputs lies in that of a position, and which loss it is for; false if there is none.</summary>
    internal virtual bool FindTargets(string output, out int start, out int length, out Loss loss)
    {
        (start, length, loss) = (0, 0, this);
        return false;
    }

    /// <summary>Whether some of a position's target are class indices, so that targets have to be looked at before a step.</summary>
    internal virtual bool ChecksClasses => HasClasses;

    /// <summary>The first number of a position's target that should be the index of a class and is none, with the number of classes.</summary>
    internal virtual (float Target, int Classes)? FindNoClass(ReadOnlySpan<float> target, int outputSize) => null;

    /// <summary>Whether targets are class indices.</summary>
    internal virtual bool HasClasses => false;

    /// <summary>Whether a target belongs to a sequence, not to its outputs one by one.</summary>
    internal virtual bool IsOfSequences => false;

    /// <summary>Floats that a loss of sequences needs while it is computed.</summary>
    internal virtual long ScratchLength(int timeSteps, int labels) => 0;

    /// <summary>Why a sequence's target is none; null if it is one. Only for a loss of sequences.</summary>
    internal virtual string? FindMistake(ReadOnlySpan<float> labels, int classes, int steps) => null;

    /// <summary>The loss of one sequence and its gradient. Only for a loss of sequences.</summary>
    /// <param name="outputs">Steps × <paramref name="outputSize"/> floats.</param>
    /// <param name="labels">The target.</param>
    /// <param name="outputSize">Features of one output.</param>
    /// <param name="gradients">Receives the gradient; empty if it is not wanted.</param>
    /// <param name="scratch">Memory, <see cref="ScratchLength"/> or more.</param>
    internal virtual double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, int outputSize, Span<float> gradients, Span<float> scratch) =>
        throw new NotSupportedException($"{Name} is no loss of sequences.");

    /// <summary>How many classes targets are of, one class for each position; 0 if they are no classes.</summary>
    internal virtual int ClassCount(int outputSize) => 0;

    /// <summary>The class of a position's target; only if there are any.</summary>
    internal virtual int FindClass(ReadOnlySpan<float> target) => throw new NotSupportedException($"{Name} has no classes.");

    /// <summary>Sum of the terms of the loss.</summary>
    internal virtual double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize) =>
        SumAndGradient(outputs, targets, outputSize, gradients: default, isFused: false);

    /// <summary>Sum of the terms of the loss, and the gradient of their mean.</summary>
    /// <param name="outputs">Positions × <paramref name="outputSize"/> floats.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="outputSize">Features of one output.</param>
    /// <param name="gradients">
    /// Receives the gradient; as long as <paramref name="outputs"/>, or, of a loss that has no <see cref="Sum"/> of its own, empty if it is not wanted.
    /// </param>
    /// <param name="isFused">
    /// Whether the gradient with respect to the last layer's pre-activation is wanted; only if <see cref="IsFusedWith"/>.
    /// </param>
    internal abstract double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused);

    /// <summary>Says that a model's outputs are not what a loss is for, and which last layer has such.</summary>
    private protected static string NeedsLayer(
        string loss, string outputs, Activation activation, ModelLayout layout, string? fromLogits = null) =>
        $"{loss} needs outputs that are {outputs}, but {layout.ModelName} ends with {layout.OutputLayer}: end it with " +
        $"[Dense({layout.OutputSize}, Activation = Activation.{activation})], or use " +
        (fromLogits is null ? "" : $"{fromLogits} for the outputs of a linear layer, or ") +
        $"{nameof(MeanSquaredError)} for outputs that are any numbers.";

    /// <summary>Why a model's outputs are no logits, and what to use instead; null if they may be.</summary>
    private protected static string? NeedsLogits(string loss, string ofProbabilities, ModelLayout layout) =>
        layout is { OutputRange: OutputRange.Any, OutputActivation: Activation.Linear }
            ? null
            : $"{loss} needs logits, but {layout.ModelName} ends with {layout.OutputLayer}: end it with [Dense({layout.OutputSize})], which is " +
                $"linear, or use {ofProbabilities} for probabilities.";

    /// <summary>Why a model's outputs are no classes; null if they may be.</summary>
    private protected static string? NeedsClasses(string loss, ModelLayout layout) => layout.OutputSize >= 2
        ? null
        : $"{loss} needs at least two classes; {layout.ModelName} has {layout.OutputSize} output. For two classes in one output use " +
            $"{nameof(BinaryCrossentropy)}.";

    /// <summary>Why a model's outputs are no scores of both signs; null if they may be.</summary>
    private protected static string? NeedsBothSigns(string loss, ModelLayout layout) => layout.OutputRange == OutputRange.Any
        ? null
        : $"{loss} needs outputs of both signs, but {layout.ModelName} ends with {layout.OutputLayer}, whose outputs are not negative: end it " +
            $"with [Dense({layout.OutputSize})] or [Dense({layout.OutputSize}, Activation = Activation.Tanh)].";
}
