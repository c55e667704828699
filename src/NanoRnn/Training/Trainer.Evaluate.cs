namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    private readonly MetricTracker _evaluationMetrics;

    /// <summary>The loss of a dataset, without training. Allocates nothing.</summary>
    /// <param name="dataset">Samples with the trainer's time steps and the model's input and target size.</param>
    /// <returns>
    /// The mean over all samples, also when the last batch is smaller, plus the penalties of the layers' regularisers, as in Keras.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The dataset is empty or has the wrong sizes, or a token, class index or length is out of its range: the message names sample and step.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed, also while this was running.</exception>
    public float Evaluate(SequenceDataset dataset)
    {
        CheckDataset(dataset, nameof(dataset));
        return EvaluateChecked(dataset, nameof(dataset), _evaluationMetrics);
    }

    /// <summary>The loss and the metrics of a dataset, without training. Allocates nothing.</summary>
    /// <param name="dataset">Samples with the trainer's time steps and the model's input and target size.</param>
    /// <param name="metrics">
    /// The loss, as <c>loss</c>, and the metrics by their names; the trainer's own, which the next evaluation changes.
    /// </param>
    /// <inheritdoc cref="Evaluate(SequenceDataset)"/>
    public float Evaluate(SequenceDataset dataset, out MetricValues metrics)
    {
        var loss = Evaluate(dataset);
        metrics = _evaluationMetrics.Collect();
        return loss;
    }

    /// <summary>How often the model takes each class of a dataset for each, without training.</summary>
    /// <param name="dataset">Samples with the trainer's time steps and the model's input and target size.</param>
    /// <param name="threshold">For a model with one output, above which output it says class 1, not 0.</param>
    /// <exception cref="ArgumentException">
    /// The dataset is empty or has the wrong sizes, or a token, class index or length is out of its range: the message names sample and step.
    /// </exception>
    /// <exception cref="InvalidOperationException">The targets are those of no classes.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed, also while this was running.</exception>
    public ConfusionMatrix GetConfusionMatrix(SequenceDataset dataset, double threshold = 0.5)
    {
        CheckDataset(dataset, nameof(dataset));
        var (metric, context) = (new ConfusionMetric((float)threshold), ContextOf(Options, _layout));
        if (Options.Loss.IsOfSequences)
            throw new InvalidOperationException($"A confusion matrix compares each output with a target, and {Options.Loss} has none for an output.");
        if (metric.FindMismatch(context) is { } mismatch)
            throw new InvalidOperationException($"A confusion matrix {mismatch}.");
        var counts = new MetricTracker([metric], context);
        EvaluateChecked(dataset, nameof(dataset), counts);
        return new ConfusionMatrix(counts.States[0].Sums);
    }

    private float EvaluateChecked(
        SequenceDataset dataset, string parameter, MetricTracker metrics, CancellationToken cancellationToken = default)
    {
        _workspace.IsTraining = false;
        _workspace.CarriesState = false;
        metrics.Reset();
        var sum = default(LossSum);
        _threads.Begin();
        try
        {
            for (var first = 0; first < dataset.Count; first += Capacity)
            {
                cancellationToken.ThrowIfCancellationRequested();
                StoreBatch(dataset, first, parameter);
                RunForward();
                sum = sum.Plus(SumLoss(metrics));
            }
        }
        finally
        {
            _threads.End();
        }

        var loss = (float)(sum.Mean + _regularization.Compute(_workspace.Weights.Span));
        metrics.AddLoss(loss, dataset.Count);
        return loss;
    }
}
