using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// What training minimises, with Keras's formulas: a mean over the last axis of the output, the batch and, for a model that
/// returns sequences, the time. A loss has no state and can be shared.
/// </summary>
/// <remarks>
/// y is the model's output, t the target. Sums are made of 16 partial sums in double precision, so the same outputs give
/// the same loss on every platform.
/// </remarks>
public abstract class Loss
{
    private protected Loss(string name) => Name = name;

    /// <summary>Mean of <c>(y − t)²</c>.</summary>
    public static Loss MeanSquaredError { get; } = new ErrorLoss<SquaredError>("MeanSquaredError", default);

    /// <summary>Mean of <c>|y − t|</c>; the gradient at zero is zero.</summary>
    public static Loss MeanAbsoluteError { get; } = new ErrorLoss<AbsoluteError>("MeanAbsoluteError", default);

    /// <summary>
    /// Mean of <c>−t·ln y − (1 − t)·ln(1 − y)</c>, for outputs that are independent probabilities: a last layer whose outputs are values
    /// of sigmoid, hard sigmoid or softmax; a trainer refuses others. Outputs are clipped to [1e-7, 1 − 1e-7], where the gradient of a
    /// model without final sigmoid is zero, as in Keras. With a dense sigmoid layer last, the gradient goes past the sigmoid:
    /// <c>(y − t)/n</c>.
    /// </summary>
    public static Loss BinaryCrossentropy { get; } = new BinaryCrossentropyLoss();

    /// <summary>
    /// Mean over samples (and time steps) of <c>−Σ tᵢ·ln yᵢ</c>, for outputs that are probabilities of classes and targets that
    /// are one-hot or probabilities: a last layer whose outputs are values of softmax or, since outputs are scaled to the sum 1, of
    /// sigmoid, softplus or exponential; a trainer refuses others. Then they are clipped to [1e-7, 1 − 1e-7], as in Keras. With a dense
    /// softmax layer last, the gradient goes past the softmax: <c>(y·Σt − t)/n</c>.
    /// </summary>
    public static Loss CategoricalCrossentropy { get; } = new CategoricalCrossentropyLoss();

    /// <summary>
    /// <see cref="CategoricalCrossentropy"/> for targets that are class indices, 0 … classes − 1 as floats: one per sample, or
    /// one per time step if the model returns sequences.
    /// </summary>
    public static Loss SparseCategoricalCrossentropy { get; } = new SparseCategoricalCrossentropyLoss();

    /// <summary>Name of the loss.</summary>
    public string Name { get; }

    /// <summary>
    /// Mean of <c>½e²</c> where <c>|e| ≤ delta</c> and <c>delta·|e| − ½delta²</c> elsewhere, with <c>e = y − t</c> (Huber 1964).
    /// </summary>
    /// <param name="delta">Where the parabola turns into a line; finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not finite and positive.</exception>
    public static Loss Huber(double delta = 1) =>
        new ErrorLoss<HuberError>("Huber", new HuberError((float)ArgumentChecks.FinitePositive(delta)));

    /// <summary>The loss of outputs that are at hand.</summary>
    /// <param name="outputs">Positions × <paramref name="outputSize"/> floats, at least one position.</param>
    /// <param name="targets">As many floats; for <see cref="SparseCategoricalCrossentropy"/> one per position.</param>
    /// <param name="outputSize">Features of one output, at least 1.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a class index is no class.</exception>
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
        if (targets.Length != expected)
            throw new ArgumentException($"Expected {expected} floats, found {targets.Length}.", nameof(targets));
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

    /// <summary>Whether targets are class indices.</summary>
    internal virtual bool HasClasses => false;

    /// <summary>Sum of the terms of the loss.</summary>
    internal abstract double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize);

    /// <summary>Sum of the terms of the loss, and the gradient of their mean.</summary>
    /// <param name="outputs">Positions × <paramref name="outputSize"/> floats.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="outputSize">Features of one output.</param>
    /// <param name="gradients">Receives the gradient; as long as <paramref name="outputs"/>.</param>
    /// <param name="isFused">
    /// Whether the gradient with respect to the last layer's pre-activation is wanted; only if <see cref="IsFusedWith"/>.
    /// </param>
    internal abstract double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused);

    /// <summary>Says that a model's outputs are not what a loss is for, and which last layer has such.</summary>
    private protected static string NeedsLayer(string loss, string outputs, Activation activation, ModelLayout layout) =>
        $"{loss} needs outputs that are {outputs}, but {layout.ModelName} ends with {layout.OutputLayer}: end it with " +
        $"[Dense({layout.OutputSize}, Activation = Activation.{activation})], or use {nameof(MeanSquaredError)} for outputs that are any numbers.";
}
