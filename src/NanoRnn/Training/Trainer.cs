using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// Trains a model by backpropagation through time. All memory is allocated in the constructor: a training step, and every
/// epoch of <c>Fit</c>, allocates nothing.
/// </summary>
/// <remarks>
/// <para>A trainer is for one thread at a time. It changes the model's weights in place: the model may be used for prediction
/// between calls, but predicting on another thread during a call is a race that sees half-updated weights. Changing weights
/// through the model between calls is allowed and takes effect at once.</para>
/// <para>A loss that is NaN or infinite is returned and recorded as it is, and the step is taken: it shows that the weights
/// or the targets are no longer finite, most often because the learning rate is too high. Such weights cannot be saved. With
/// <see cref="TrainerOptions.RequireFiniteLoss"/> it is an exception, before the step.</para>
/// </remarks>
/// <typeparam name="TModel">The model class, whose trainable side the generator writes.</typeparam>
public sealed partial class Trainer<TModel> : ITrainer, IDisposable
    where TModel : class, IRnnModel<TModel>
{
    /// <summary>What one range of steps of the backward pass leaves for the weight gradient: a part of a second-level cache.</summary>
    private const int RangeLength = 512 * 1024 / sizeof(float);

    private readonly ModelLayout _layout;
    private readonly TrainingWorkspace _workspace;
    private readonly AlignedBuffer _targets;

    /// <summary>For each target of a decoder that may not count whether it does.</summary>
    private readonly AlignedBuffer _countedTargets;

    /// <summary>What a loss of sequences needs while it is computed.</summary>
    private readonly AlignedBuffer _lossScratch;
    private readonly OptimizerState _optimizer;
    private readonly WeightRegularization _regularization;
    private readonly WorkerThreads _threads;
    private readonly Action<int> _work;
    private readonly long _tapePerStep;
    private readonly int _positions;
    private readonly int _ranges;
    private readonly int _targetSize;
    private RandomGenerator _dropoutKeys;
    private TrainingPass _pass;
    private int _nextPiece;

    /// <summary>A trainer for a model; allocates everything that training needs, or takes it from an arena.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="options">How to train it; what they leave open is the model's.</param>
    /// <param name="arena">
    /// Where to take the buffers from, <see cref="TrainerOptions.GetMemoryBytes{TModel}"/> in all; null to allocate them. The objects that
    /// hold them, two or three thousand bytes, are always the garbage collector's.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <see cref="TrainerOptions.TimeSteps"/> is missing, the loss does not fit the model, a buffer would be too large, or the arena has
    /// too few bytes left.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model's weights are constants of the program.</exception>
    public Trainer(TModel model, TrainerOptions options, MemoryArena? arena = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Model, Options) = (model, Resolve(options));
        _layout = TModel.Layout;
        if (model.PackedWeights.IsReadOnly)
        {
            throw new InvalidOperationException(
                $"The weights of this {_layout.ModelName} are constants of the program and cannot be trained; {_layout.ModelName}.LoadPretrained() " +
                "gives a model with a copy that can.");
        }

        var memory = PlanMemory(Options);
        MemoryBytes = memory.Total;
        arena?.Require(memory.Total);
        arena ??= MemoryArena.AllocatePinned(memory.Total);
        _positions = memory.Positions;
        _targetSize = memory.TargetSize;
        _ranges = memory.Ranges;
        _targets = Take(memory.Targets);
        _countedTargets = Take(memory.CountedTargets);
        _lossScratch = Take(memory.LossScratch);
        _workspace = new TrainingWorkspace
        {
            Weights = model.PackedWeights,
            Transposed = Take(memory.Transposed),
            Gradients = Take(memory.Gradients),
            Inputs = Take(memory.Inputs),
            Outputs = Take(memory.Outputs),
            OutputGradients = Take(memory.OutputGradients),
            TargetInputs = Take(memory.TargetInputs),
            Mask = Take(memory.Mask),
            ReversedMask = Take(memory.ReversedMask),
            TargetMask = Take(memory.TargetMask),
            Lengths = Take(memory.Lengths),
            States = Take(memory.States),
            Tape = Take(memory.Tape),
            TimeSteps = Options.TimeSteps,
            TapeSteps = memory.TapeSteps,
            TargetSteps = Options.TargetSteps,
            StateLength = _layout.StateLength,
            HasFirstStates = Options.CarryState,
            OutputGradientsArePreActivation = Options.Loss.IsFusedWith(_layout.OutputActivation),
        };
        _tapePerStep = TModel.GetTapeLength(1, 2, 1) - TModel.GetTapeLength(1, 1, 1);
        _optimizer = new OptimizerState(Options.Optimizer, _layout, arena);
        _classWeights = ReadClassWeights(Options.ClassWeight);
        _regularization = new WeightRegularization(_layout);
        _trainingMetrics = new MetricTracker(Options.Metrics, ContextOf(Options, _layout));
        _evaluationMetrics = new MetricTracker(Options.Metrics, ContextOf(Options, _layout), _trainingMetrics);
        _random = new RandomGenerator((uint)Options.Seed);
        _dropoutKeys = new RandomGenerator(((ulong)(uint)Options.Seed << 32) + 1);
        _reduction = CreateReduction(arena);
        _threads = new WorkerThreads(Options.Threads);
        _work = Work;

        AlignedBuffer Take(long bytes) => new((int)(bytes / sizeof(float)), arena);
    }

    /// <summary>The model in training.</summary>
    public TModel Model { get; }

    /// <summary>The options given to the constructor, with the model's own numbers where they leave them open.</summary>
    public TrainerOptions Options { get; }

    /// <summary>
    /// The learning rate of the next step, finite and not negative. It starts as the optimizer's, or is its schedule's and cannot be set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// It is set though <see cref="Optimizer.LearningRateSchedule"/> gives it, or what that gives is negative or not finite.
    /// </exception>
    public float LearningRate
    {
        get => _optimizer.LearningRate;
        set => _optimizer.LearningRate = value;
    }

    /// <summary>
    /// Puts the moving averages of <see cref="Optimizer.UseEma"/> in the weights' place; without them, or before the first step, it changes
    /// nothing. <c>Fit</c> ends with it; call it after a loop of your own.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void FinalizeWeights()
    {
        _threads.ThrowIfDisposed();
        _optimizer.FinalizeWeights(_workspace.Weights.Span);
    }

    /// <summary>
    /// Ends the trainer and its threads, if it has more than the caller's. A call that is running on another thread ends with an
    /// <see cref="ObjectDisposedException"/> and takes no further optimizer step; when this returns, nothing reads or writes the buffers
    /// any more.
    /// </summary>
    public void Dispose() => _threads.Dispose();

    /// <summary>The gradient of the trainable weights.</summary>
    private Span<float> Gradients => _workspace.Gradients.Span[.._layout.TrainableLength];

    /// <summary>One step on a batch. Until all of it has been computed, nothing changes that the next step depends on.</summary>
    private float Step(scoped in BatchData batch)
    {
        _threads.Begin();
        try
        {
            var dropoutKeys = _dropoutKeys;
            _workspace.DropoutKey = dropoutKeys.NextUInt64();
            _workspace.IsTraining = true;
            _workspace.CarriesState = Options.CarryState;
            var sum = _reduction is null ? StepWhole(batch) : StepShards(batch, _reduction);
            var loss = (float)(sum.Mean + _regularization.Compute(_workspace.Weights.Span));
            if (Options.RequireFiniteLoss && !float.IsFinite(loss))
                throw NotFinite(loss);
            _dropoutKeys = dropoutKeys;
            if (Options.CarryState)
                CarryState();
            _regularization.AddGradient(_workspace.Weights.Span, Gradients);
            _optimizer.Apply(_workspace.Weights.Span[.._layout.TrainableLength], Gradients);
            BatchStatistics.Move(_layout, _workspace.Weights.Span, _workspace.Gradients.ReadOnlySpan);
            _trainingMetrics.AddLoss(loss, batch.Rows);
            return loss;
        }
        finally
        {
            _threads.End();
        }
    }

    /// <summary>The loss of a batch that is in the workspace as a whole, and its gradient.</summary>
    private LossSum StepWhole(scoped in BatchData batch)
    {
        StoreBatch(batch, 0, batch.Rows);
        return ComputeGradient(_trainingMetrics);
    }

    /// <summary>
    /// The loss of the sequences that are in the workspace, and the gradient of its mean. The phases are separate, each over ranges that do
    /// not interact.
    /// </summary>
    private LossSum ComputeGradient(MetricTracker metrics)
    {
        RunForward();
        var loss = ComputeLoss(metrics);

        // Just before it is read, so that it is right even when the weights were changed from outside.
        TModel.Transpose(in _workspace.Weights.Reference, ref _workspace.Transposed.Reference);
        for (var range = _ranges - 1; range >= 0; range--)
        {
            if (range < _ranges - 1)
                RepeatForward(range);
            RunBackward();
        }

        return loss;
    }

    private NotFiniteNumberException NotFinite(float loss)
    {
        var batch = _phase == FitPhase.Running ? $"batch {_position.Batch + 1} of epoch {_position.Epoch + 1}" : $"batch {_optimizer.Batches + 1}";
        return new(FormattableString.Invariant($"The loss of {batch} is {loss}; the weights are those before its step."), loss);
    }

    /// <summary>The forward pass, range by range of what the tape can hold. The last one stays on it.</summary>
    private void RunForward()
    {
        _workspace.IsRepeating = false;
        for (var range = 0; range < _ranges; range++)
        {
            PutOnTape(range);
            RunParts();
        }
    }

    /// <summary>The forward pass up to a batch normalization, its statistics, and so on.</summary>
    private void RunParts()
    {
        for (_workspace.Part = 0; _workspace.Part < _layout.BatchStatistics.Length; _workspace.Part++)
        {
            Run(TrainingPass.Forward);
            if (_workspace.IsTraining)
                Run(TrainingPass.Statistics);
        }

        Run(TrainingPass.Forward);
    }

    /// <summary>Brings a range back that others have taken the tape from.</summary>
    private void RepeatForward(int range)
    {
        _workspace.IsRepeating = true;
        PutOnTape(range);
        Run(TrainingPass.Forward);
    }

    /// <summary>The ranges are counted from the end, as those of the backward pass: only the first one may be shorter.</summary>
    private void PutOnTape(int range)
    {
        var (steps, after) = (_workspace.TapeSteps, _ranges - 1 - range);
        _workspace.TapeRange = range;
        _workspace.TapeStart = _workspace.FirstStep = Math.Max(0, Options.TimeSteps - (after + 1) * steps);
        _workspace.EndStep = Options.TimeSteps - after * steps;
    }

    /// <summary>Backward over the steps that are on the tape, and their weight gradients, while a range's record is in the cache.</summary>
    private void RunBackward()
    {
        var steps = _workspace.EndStep - _workspace.TapeStart;
        if (_layout.HasRanges)
            steps = (int)Math.Clamp(RangeLength / Math.Max(1, _workspace.Rows * _tapePerStep), 1, steps);
        for (; _workspace.EndStep > _workspace.TapeStart; _workspace.EndStep = _workspace.FirstStep)
        {
            _workspace.FirstStep = Math.Max(_workspace.TapeStart, _workspace.EndStep - steps);
            Run(TrainingPass.Backward);
            while (_workspace.Part > 0)
            {
                _workspace.Part--;
                Run(TrainingPass.StatisticsBackward);
                Run(TrainingPass.Backward);
            }

            Run(TrainingPass.Gradients);
        }
    }

    private void Run(TrainingPass pass)
    {
        (_pass, _nextPiece) = (pass, 0);
        _threads.Run(_work);
    }

    /// <summary>The first sequence of a thread's share. Sequences do not depend on each other: only tiles are kept whole.</summary>
    private int FirstRow(int thread)
    {
        const int TileRows = 4;
        var tiles = (_workspace.Rows - 1) / TileRows + 1;
        return (int)Math.Min((long)tiles * thread / _threads.Count * TileRows, _workspace.Rows);
    }

    /// <summary>One thread's share of a pass: its own sequences, or one piece after the other, each of them of all sequences and steps.</summary>
    private void Work(int thread)
    {
        switch (_pass)
        {
            case TrainingPass.Forward:
                TModel.Forward(_workspace, FirstRow(thread), FirstRow(thread + 1));
                break;
            case TrainingPass.Backward:
                TModel.Backward(_workspace, FirstRow(thread), FirstRow(thread + 1));
                break;
            case TrainingPass.Gradients:
                for (var piece = NextPiece(); piece < _layout.GradientPieces; piece = NextPiece())
                    TModel.ComputeGradients(_workspace, piece, piece + 1);
                break;
            default:
                var pieces = BatchStatistics.CountPieces(_layout.BatchStatistics[_workspace.Part].RowLength);
                for (var piece = NextPiece(); piece < pieces; piece = NextPiece())
                {
                    if (_pass == TrainingPass.Statistics)
                        TModel.ComputeStatistics(_workspace, piece, piece + 1);
                    else
                        TModel.ComputeStatisticsBackward(_workspace, piece, piece + 1);
                }

                break;
        }
    }

    private int NextPiece() => Interlocked.Increment(ref _nextPiece) - 1;
}
