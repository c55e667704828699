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
        CheckFit(epochs, validation, callbacks);
        CheckDataset(training, nameof(training));
        CheckSamples(training, nameof(training));
        return Fit(new DatasetSource(training, Options.Shuffle), epochs, validation, callbacks);
    }

    /// <summary>
    /// Trains for some epochs on samples that come one after the other. Allocates a batch of them, the buffer that they are shuffled in and
    /// the history at the start, and nothing in an epoch but what the stream itself does.
    /// </summary>
    /// <param name="training">The samples, with the trainer's time steps and the model's input and target size.</param>
    /// <param name="epochs">How often to go through them, at least 1.</param>
    /// <param name="validation">Samples to evaluate after every epoch, or null.</param>
    /// <param name="callbacks">Who wants to be told, in this order.</param>
    /// <exception cref="ArgumentException">
    /// A dataset has the wrong sizes, or a token, class index or length is out of its range: the message names sample and step. Of a stream that is
    /// found when a batch takes it.
    /// </exception>
    /// <exception cref="InvalidOperationException">The stream has fewer samples than it should, or parts of different sizes.</exception>
    /// <inheritdoc cref="Fit(SequenceDataset, int, SequenceDataset?, Callback[])"/>
    public History Fit(
        StreamedDataset training, int epochs = 1, SequenceDataset? validation = null, params Callback[] callbacks)
    {
        ArgumentNullException.ThrowIfNull(training);
        CheckFit(epochs, validation, callbacks);
        using var source = new StreamSource(training, Options.Shuffle, Options.BatchSize);
        CheckSizes(source.Samples, nameof(training));
        CheckFullBatches(source.Count, nameof(training));
        return Fit(source, epochs, validation, callbacks);
    }

    private void CheckFit(int epochs, SequenceDataset? validation, Callback[] callbacks)
    {
        ArgumentNullException.ThrowIfNull(callbacks);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        foreach (var callback in callbacks)
            ArgumentNullException.ThrowIfNull(callback, nameof(callbacks));
        _threads.ThrowIfDisposed();
        if (validation is null)
            return;
        CheckDataset(validation, nameof(validation));
        CheckSamples(validation, nameof(validation));
    }

    private History Fit(SampleSource training, int epochs, SequenceDataset? validation, Callback[] callbacks)
    {
        var history = new History(epochs, validation is not null);
        var batches = (int)(((long)training.Count + Options.BatchSize - 1) / Options.BatchSize);
        foreach (var callback in callbacks)
            callback.OnTrainBegin(new TrainingReport(epochs, batches, training.Count));
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var callback in callbacks)
                callback.OnEpochBegin(epoch);
            training.Begin(ref _random);
            ResetState();
            var loss = TrainEpoch(training, new BatchReport { Epoch = epoch, Epochs = epochs, Batches = batches }, start, callbacks);
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

    private float TrainEpoch(
        SampleSource training, BatchReport report, long start, ReadOnlySpan<Callback> callbacks)
    {
        var sum = 0.0;
        for (var (batch, first) = (1, 0); first < training.Count; batch++)
        {
            StoreBatch(training, first, nameof(training));
            var loss = Step();
            first += _workspace.Rows;
            sum += (double)loss * _workspace.Rows;
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

        return (float)(sum / training.Count);
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
                StoreBatch(dataset, first, parameter);
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
            StoreBatch(dataset, first, parameter);
    }

    private void CheckDataset(SequenceDataset dataset, string parameter)
    {
        CheckSizes(dataset, parameter);
        CheckFullBatches(dataset.Count, parameter);
    }

    private void CheckSizes(SequenceDataset dataset, string parameter)
    {
        CheckInputs(dataset, parameter);
        CheckSize("floats in a target", _targetSize, dataset.TargetSize, parameter);
        if (!HasOutputPerStep)
            dataset.CheckWholeTargets(parameter);
    }

    private void CheckFullBatches(int count, string parameter)
    {
        if (Options.CarryState && count % Options.BatchSize != 0)
        {
            throw new ArgumentException(
                $"{nameof(Options.CarryState)} needs full batches of {Options.BatchSize}, the dataset has {count} samples.", parameter);
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
