using System.Diagnostics;

namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    private RandomGenerator _random;

    /// <summary>
    /// Trains for some epochs. Every epoch takes all samples once, in batches of <see cref="TrainerOptions.BatchSize"/> and a
    /// smaller last one. Allocates the order of the samples and the history at the start, and nothing in an epoch.
    /// </summary>
    /// <param name="training">The samples, with the trainer's time steps and the model's input and target size.</param>
    /// <param name="epochs">How often to go through them, at least 1.</param>
    /// <param name="validation">Samples to evaluate after every epoch, or null.</param>
    /// <param name="callbacks">Who wants to be told, in this order.</param>
    /// <returns>
    /// The losses: an epoch's is the mean over its samples, each before the step of its batch, with the penalties of the layers'
    /// regularisers at that time, as in Keras. Once a batch has been NaN, so is its epoch.
    /// </returns>
    /// <remarks>
    /// The optimizer's memory and the random generator carry on from call to call: two calls with one epoch each do the same
    /// as one call with two.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// A dataset is empty or has the wrong sizes, or a token, class index or length is out of its range: the message names sample and step.
    /// Nothing has changed then, unless the data itself has changed since the first step.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed, also while this was running.</exception>
    public History Fit(
        SequenceDataset training, int epochs = 1, SequenceDataset? validation = null, params Callback[] callbacks)
    {
        ArgumentNullException.ThrowIfNull(callbacks);
        CheckDataset(training, nameof(training));
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        if (validation is not null)
            CheckDataset(validation, nameof(validation));
        foreach (var callback in callbacks)
            ArgumentNullException.ThrowIfNull(callback, nameof(callbacks));
        _threads.ThrowIfDisposed();
        CheckSamples(training, nameof(training));
        if (validation is not null)
            CheckSamples(validation, nameof(validation));

        var history = new History(epochs, validation is not null);
        var order = new int[training.Count];
        var batches = (int)(((long)training.Count + Options.BatchSize - 1) / Options.BatchSize);
        foreach (var callback in callbacks)
            callback.OnTrainBegin(new TrainingReport(epochs, batches, training.Count));
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var callback in callbacks)
                callback.OnEpochBegin(epoch);
            SetOrder(order);
            ResetState();
            var loss = TrainEpoch(training, order, new BatchReport { Epoch = epoch, Epochs = epochs, Batches = batches }, start, callbacks);
            float? validationLoss = validation is null ? null : EvaluateChecked(validation, nameof(validation));
            history.Add(loss, validationLoss);
            var report = new EpochReport
            {
                Epoch = epoch,
                Epochs = epochs,
                Batches = batches,
                Loss = loss,
                ValidationLoss = validationLoss,
                Elapsed = Stopwatch.GetElapsedTime(start),
            };
            foreach (var callback in callbacks)
                callback.OnEpochEnd(report);
        }

        FinalizeWeights();
        foreach (var callback in callbacks)
            callback.OnTrainEnd(history);
        return history;
    }

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
        return EvaluateChecked(dataset, nameof(dataset));
    }

    // From the sorted order every time, so that an epoch depends on the generator alone and not on the epochs of this call.
    private void SetOrder(Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        if (Options.Shuffle)
            _random.Shuffle(order);
    }

    private float TrainEpoch(
        SequenceDataset training, ReadOnlySpan<int> order, BatchReport report, long start, ReadOnlySpan<Callback> callbacks)
    {
        var sum = 0.0;
        for (var (batch, first) = (1, 0); first < order.Length; batch++)
        {
            var rows = Math.Min(Options.BatchSize, order.Length - first);
            StoreBatch(training, order, first, nameof(training));
            var loss = Step();
            first += rows;
            sum += (double)loss * rows;
            if (callbacks.IsEmpty)
                continue;
            report = report with
            {
                Batch = batch,
                BatchLoss = loss,
                Loss = (float)(sum / first),
                Elapsed = Stopwatch.GetElapsedTime(start),
            };
            foreach (var callback in callbacks)
                callback.OnBatchEnd(report);
        }

        return (float)(sum / order.Length);
    }

    private float EvaluateChecked(SequenceDataset dataset, string parameter)
    {
        _workspace.IsTraining = false;
        _workspace.CarriesState = false;
        var (sum, terms) = (0.0, 0L);
        _threads.Begin();
        try
        {
            for (var first = 0; first < dataset.Count; first += Options.BatchSize)
            {
                StoreBatch(dataset, order: default, first, parameter);
                RunForward();
                var (batchSum, batchTerms) = SumLoss();
                (sum, terms) = (sum + batchSum, terms + batchTerms);
            }
        }
        finally
        {
            _threads.End();
        }

        return (float)((terms == 0 ? 0 : sum / terms) + _regularization.Compute(_workspace.Weights.Span));
    }

    /// <summary>
    /// Makes batches of all samples, so that an index that is none is known before the first step. Costs a copy of the data, next to nothing
    /// beside an epoch.
    /// </summary>
    private void CheckSamples(SequenceDataset dataset, string parameter)
    {
        if (!dataset.HasTokens && !dataset.HasLengths && !Options.Loss.HasClasses)
            return;
        for (var first = 0; first < dataset.Count; first += Options.BatchSize)
            StoreBatch(dataset, order: default, first, parameter);
    }

    private void CheckDataset(SequenceDataset dataset, string parameter)
    {
        CheckInputs(dataset, parameter);
        CheckSize("floats in a target", _targetSize, dataset.TargetSize, parameter);
        if (!HasOutputPerStep)
            dataset.CheckWholeTargets(parameter);
        if (Options.CarryState && dataset.Count % Options.BatchSize != 0)
        {
            throw new ArgumentException(
                $"{nameof(Options.CarryState)} needs full batches of {Options.BatchSize}, the dataset has {dataset.Count} samples.", parameter);
        }
    }

    private void CheckInputs(SequenceDataset dataset, string parameter)
    {
        ArgumentNullException.ThrowIfNull(dataset, parameter);
        if (dataset.Count == 0)
            throw new ArgumentException("The dataset has no samples.", parameter);
        if (dataset.HasTokens != _layout.Vocabulary > 0)
        {
            throw new ArgumentException(
                $"{_layout.ModelName} takes {(dataset.HasTokens ? "floats" : "tokens")}, the dataset has {(dataset.HasTokens ? "tokens" : "floats")}.", parameter);
        }

        CheckSize("time steps", Options.TimeSteps, dataset.TimeSteps, parameter);
        CheckSize("features in a time step", _layout.InputSize, dataset.InputSize, parameter);
    }

    private static void CheckSize(string what, int expected, int found, string parameter)
    {
        if (found != expected)
            throw new ArgumentException($"Expected {expected} {what}, the dataset has {found}.", parameter);
    }
}
