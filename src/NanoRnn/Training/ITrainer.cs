namespace NanoRnn;

/// <summary>What a callback sees of the <see cref="Trainer{TModel}"/> that it was given to, whatever its model is.</summary>
public interface ITrainer
{
    /// <summary>The options given to the constructor, with the model's own numbers where they leave them open.</summary>
    TrainerOptions Options { get; }

    /// <summary>The learning rate of the next step, finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    float LearningRate { get; set; }

    /// <summary>
    /// Whether <c>Fit</c> ends after this batch, or, if it is set at the end of an epoch, after this epoch. Either way the epoch's validation
    /// and callbacks come first, and <c>Fit</c> returns its history. <c>Fit</c> begins with false.
    /// </summary>
    bool StopTraining { get; set; }

    /// <summary>The mean loss and the metrics of what has been trained on since the epoch began.</summary>
    MetricValues Metrics { get; }

    /// <summary>
    /// All weights where they lie, <see cref="WeightLength"/> floats in the order in which the model holds them. What is written here is
    /// what the next step begins with; padding is zero and must stay so. Only while no call of the trainer's is running.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    Span<float> PackedWeights { get; }

    /// <summary>
    /// The gradient of the last step where it lies, as the optimizer has left it, which clips in place: of the first of
    /// <see cref="PackedWeights"/>, those that are trained, in the same order. Only while no call of the trainer's is running.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    Span<float> PackedGradients { get; }

    /// <summary>
    /// Names of the numbers that the optimizer remembers for each weight, by Keras's names, such as <c>momentum</c>. None for plain SGD.
    /// </summary>
    IReadOnlyList<string> OptimizerSlots { get; }

    /// <summary>One of those numbers of every weight that is trained, where they lie, in the order of <see cref="PackedGradients"/>.</summary>
    /// <param name="slot">Its index in <see cref="OptimizerSlots"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slot.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    Span<float> GetOptimizerSlot(int slot);

    /// <summary>Floats that <see cref="CopyWeightsTo"/> copies: all weights in the order in which the model holds them, padding included.</summary>
    int WeightLength { get; }

    /// <summary>Copies the weights. Allocates nothing.</summary>
    /// <param name="weights">At least <see cref="WeightLength"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="weights"/> is too short.</exception>
    void CopyWeightsTo(Span<float> weights);

    /// <summary>Gives the model the weights that <see cref="CopyWeightsTo"/> has copied. Allocates nothing.</summary>
    /// <param name="weights"><see cref="WeightLength"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="weights"/> has another length.</exception>
    void CopyWeightsFrom(ReadOnlySpan<float> weights);

    /// <summary>Saves the model, as its own <c>Save</c> does; of several processes only the first does.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite.</exception>
    /// <exception cref="IOException">The file cannot be written, or there is something else than a file.</exception>
    void SaveModel(string path);

    /// <summary>Saves the training as it is now; see <see cref="Trainer{TModel}.Save"/>.</summary>
    /// <param name="path">The file to create or replace.</param>
    void Save(string path);

    /// <summary>Goes on with a training that was saved; when <c>Fit</c> begins, not in its epochs; see <see cref="Trainer{TModel}.Load"/>.</summary>
    /// <param name="path">The file.</param>
    void Load(string path);
}
