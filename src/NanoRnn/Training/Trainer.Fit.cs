using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    private readonly TrainingPosition _position = new();
    private RandomGenerator _random;

    private FitPhase _phase;

    /// <inheritdoc/>
    public bool StopTraining { get; set; }

    /// <summary>
    /// Trains for some epochs. Every epoch takes all samples once, in batches of <see cref="TrainerOptions.BatchSize"/> and a
    /// smaller last one. Allocates the order of the samples and the history at the start, and nothing in an epoch.
    /// </summary>
    /// <param name="training">The samples, with the trainer's time steps and the model's input and target size.</param>
    /// <param name="epochs">How often to go through them, at least 1.</param>
    /// <param name="validation">Samples to evaluate after every epoch, or null.</param>
    /// <param name="callbacks">Who wants to be told, in this order.</param>
    /// <returns>
    /// The losses and metrics: an epoch's is that over its samples, each before the step of its batch, with the penalties of the layers'
    /// regularisers at that time, as in Keras. Once a batch's loss has been NaN, so is its epoch's.
    /// </returns>
    /// <remarks>
    /// The optimizer's memory and the random generator carry on from call to call: two calls with one epoch each do the same
    /// as one call with two. After <see cref="Load"/> of what was saved in a <c>Fit</c>, this does what that one had left to do.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// A dataset is empty or has the wrong sizes, or a token, class index or length is out of its range: the message names sample and step.
    /// Nothing has changed then, unless the data itself has changed since the first step.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed, also while this was running.</exception>
    // So that Fit(new(…)) makes a dataset.
    [OverloadResolutionPriority(1)]
    public History Fit(
        SequenceDataset training, int epochs = 1, SequenceDataset? validation = null, params Callback[] callbacks) =>
        Fit(training, epochs, validation, CancellationToken.None, callbacks);

    /// <summary>Trains for some epochs, or until it is cancelled between two batches: then the step of the last batch is done as a whole.</summary>
    /// <param name="training">The samples, with the trainer's time steps and the model's input and target size.</param>
    /// <param name="epochs">How often to go through them, at least 1.</param>
    /// <param name="validation">Samples to evaluate after every epoch, or null.</param>
    /// <param name="cancellationToken">Ends the training; what it has done stays.</param>
    /// <param name="callbacks">Who wants to be told, in this order.</param>
    /// <exception cref="OperationCanceledException">It has been cancelled.</exception>
    /// <inheritdoc cref="Fit(SequenceDataset, int, SequenceDataset?, Callback[])"/>
    // So that Fit(new(…)) makes a dataset.
    [OverloadResolutionPriority(1)]
    public History Fit(
        SequenceDataset training, int epochs, SequenceDataset? validation, CancellationToken cancellationToken, params Callback[] callbacks)
    {
        CheckFit(epochs, validation, callbacks);
        CheckDataset(training, nameof(training));
        CheckSamples(training, nameof(training));
        return Fit(new DatasetSource(training, Options.Shuffle), epochs, validation, callbacks, cancellationToken);
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
        StreamedDataset training, int epochs = 1, SequenceDataset? validation = null, params Callback[] callbacks) =>
        Fit(training, epochs, validation, CancellationToken.None, callbacks);

    /// <summary>Trains for some epochs, or until it is cancelled between two batches: then the step of the last batch is done as a whole.</summary>
    /// <param name="training">The samples, with the trainer's time steps and the model's input and target size.</param>
    /// <param name="epochs">How often to go through them, at least 1.</param>
    /// <param name="validation">Samples to evaluate after every epoch, or null.</param>
    /// <param name="cancellationToken">Ends the training; what it has done stays.</param>
    /// <param name="callbacks">Who wants to be told, in this order.</param>
    /// <exception cref="OperationCanceledException">It has been cancelled.</exception>
    /// <inheritdoc cref="Fit(StreamedDataset, int, SequenceDataset?, Callback[])"/>
    public History Fit(
        StreamedDataset training, int epochs, SequenceDataset? validation, CancellationToken cancellationToken, params Callback[] callbacks)
    {
        ArgumentNullException.ThrowIfNull(training);
        CheckFit(epochs, validation, callbacks);
        using var source = new StreamSource(training, Options.Shuffle, Options.BatchSize);
        CheckSizes(source.Samples, nameof(training));
        CheckFullBatches(source.Count, nameof(training));
        return Fit(source, epochs, validation, callbacks, cancellationToken);
    }

    /// <summary>
    /// Trains for some epochs on samples that are in parts, one for each of <see cref="TrainerOptions.Shards"/>, of which this process reads its
    /// own. Allocates the order of the samples and the history at the start, and nothing in an epoch.
    /// </summary>
    /// <param name="training">The samples, with the trainer's time steps and the model's input and target size.</param>
    /// <param name="epochs">How often to go through them, at least 1.</param>
    /// <param name="validation">Samples to evaluate after every epoch, the same in all processes, or null.</param>
    /// <param name="callbacks">Who wants to be told, in this order.</param>
    /// <exception cref="ArgumentException">
    /// A batch is no multiple of the shards, a part has the wrong sizes, or a token, class index or length is out of its range: the message
    /// names sample and step.
    /// </exception>
    /// <exception cref="InvalidOperationException">A part has not the number of samples that it should.</exception>
    /// <inheritdoc cref="Fit(SequenceDataset, int, SequenceDataset?, Callback[])"/>
    public History Fit(ShardedDataset training, int epochs = 1, SequenceDataset? validation = null, params Callback[] callbacks) =>
        Fit(training, epochs, validation, CancellationToken.None, callbacks);

    /// <summary>Trains for some epochs, or until it is cancelled between two batches: then the step of the last batch is done as a whole.</summary>
    /// <param name="training">The samples, with the trainer's time steps and the model's input and target size.</param>
    /// <param name="epochs">How often to go through them, at least 1.</param>
    /// <param name="validation">Samples to evaluate after every epoch, the same in all processes, or null.</param>
    /// <param name="cancellationToken">Ends the training; what it has done stays.</param>
    /// <param name="callbacks">Who wants to be told, in this order.</param>
    /// <exception cref="OperationCanceledException">It has been cancelled.</exception>
    /// <inheritdoc cref="Fit(ShardedDataset, int, SequenceDataset?, Callback[])"/>
    public History Fit(
        ShardedDataset training, int epochs, SequenceDataset? validation, CancellationToken cancellationToken, params Callback[] callbacks)
    {
        ArgumentNullException.ThrowIfNull(training);
        CheckFit(epochs, validation, callbacks);
        if (Options.BatchSize % Options.Shards != 0)
        {
            throw new ArgumentException(
                $"A batch has as many samples of each part, but {nameof(Options.BatchSize)} {Options.BatchSize} is no multiple of {nameof(Options.Shards)} {Options.Shards}.",
                nameof(training));
        }

        var source = new ShardedSource(training, Options);
        foreach (var part in source.Parts)
        {
            CheckSizes(part, nameof(training));
            CheckSamples(part, nameof(training));
        }

        CheckFullBatches(source.Count, nameof(training));
        return Fit(source, epochs, validation, callbacks, cancellationToken);
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

    private History Fit(
        SampleSource training, int epochs, SequenceDataset? validation, Callback[] callbacks, CancellationToken cancellationToken)
    {
        var batches = (int)(((long)training.Count + Options.BatchSize - 1) / Options.BatchSize);
        var values = new MetricValues(Options.Metrics, validation is not null, Array.Exists(callbacks, callback => callback.ChangesLearningRate));
        var history = new History(values, epochs);
        _callbacks = InOrder(callbacks);
        try
        {
            BeginFit(training.Count, epochs, new TrainingReport(epochs, batches, training.Count) { Metrics = values });
            while (_position.Batch > 0 || (_position.Epoch < epochs && !StopTraining))
            {
                var report = new BatchReport { Epoch = _position.Epoch + 1, Epochs = epochs, Batches = batches, Metrics = values };
                var start = Stopwatch.GetTimestamp();
                TrainEpoch(training, report, start, cancellationToken);
                float? validationLoss = validation is null
                    ? null
                    : EvaluateChecked(validation, nameof(validation), _evaluationMetrics, cancellationToken);
                values.Set(_trainingMetrics.Collect(), validation is null ? null : _evaluationMetrics.Collect(), LearningRate);
                history.Add(values);
                _position.EndEpoch();
                var result = new EpochReport
                {
                    Epoch = report.Epoch,
                    Epochs = epochs,
                    Batches = batches,
                    Loss = _trainingMetrics.Loss,
                    ValidationLoss = validationLoss,
                    Metrics = values,
                    Elapsed = Stopwatch.GetElapsedTime(start),
                };
                foreach (var callback in _callbacks)
                    callback.OnEpochEnd(result);
            }
        }
        finally
        {
            _phase = FitPhase.None;
        }

        FinalizeWeights();
        foreach (var callback in _callbacks)
            callback.OnTrainEnd(history);
        _position.Begin(samples: 0);
        _callbacks = [];
        return history;
    }

    /// <summary>Begins a <c>Fit</c>, or goes on with one that has been loaded, also by a callback.</summary>
    private void BeginFit(int samples, int epochs, TrainingReport report)
    {
        if (!_resumes)
        {
            _position.Begin(samples);
            StopTraining = false;
        }
        else if (_position.Samples != samples)
        {
            throw new ArgumentException($"Expected the {_position.Samples} samples of the training that was loaded, the dataset has {samples}.");
        }

        _phase = FitPhase.Beginning;
        foreach (var callback in _callbacks)
        {
            callback.Join(this);
            callback.OnTrainBegin(report);
        }

        if (_position.Epoch > epochs)
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, $"The training that was loaded has done {_position.Epoch} epochs.");
        RestoreCallbacks();
        _resumes = false;
        _phase = FitPhase.Running;
    }

    private Callback[] InOrder(Callback[] callbacks)
    {
        var (ordered, count) = (new Callback[callbacks.Length], 0);
        foreach (var isLast in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var callback in callbacks)
            {
                if (callback.IsLast == isLast && (Options.IsFirstProcess || !callback.IsForFirstProcess))
                    ordered[count++] = callback;
            }
        }

        return ordered[..count];
    }

    private void TrainEpoch(SampleSource training, BatchReport report, long start, CancellationToken cancellationToken)
    {
        if (_position.Batch == 0)
        {
            foreach (var callback in _callbacks)
                callback.OnEpochBegin(report.Epoch);
            ResetState();
            ResetMetrics();
        }

        // The trainer's generator is that after the epoch when the epoch is over: until then it can be gone on with.
        var random = _random;
        training.Begin(ref random);
        for (var first = _position.Batch * Options.BatchSize; first < training.Count && !StopTraining; first += Options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = Math.Min(Options.BatchSize, training.Count - first);
            var loss = Step(new BatchData { Rows = rows, Source = training, Places = training.Take(first, rows) });
            _position.EndBatch();
            if (_callbacks.Length == 0)
                continue;
            report.Metrics.Set(_trainingMetrics.Collect());
            report = report with
            {
                Batch = _position.Batch,
                BatchLoss = loss,
                Loss = _trainingMetrics.Loss,
                Elapsed = Stopwatch.GetElapsedTime(start),
            };
            foreach (var callback in _callbacks)
                callback.OnBatchEnd(report);
        }

        _random = random;
    }

    /// <summary>
    /// Makes batches of all samples, so that an index that is none is known before the first step. Costs a copy of the data, next to nothing
    /// beside an epoch.
    /// </summary>
    private void CheckSamples(SequenceDataset dataset, string parameter)
    {
        if (!dataset.HasTokens && !dataset.HasLengths && !Options.Loss.ChecksClasses)
            return;
        for (var first = 0; first < dataset.Count; first += Capacity)
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
        if (dataset.SampleWeightLength > 1)
            CheckSize("weights of a sample", WeightsPerSequence, dataset.SampleWeightLength, parameter);
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
