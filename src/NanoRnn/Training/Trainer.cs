using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// Trains a model by backpropagation through time. All memory is allocated in the constructor: a training step, and every
/// epoch of <see cref="Fit"/>, allocates nothing.
/// </summary>
/// <remarks>
/// <para>A trainer is for one thread at a time. It changes the model's weights in place: the model may be used for prediction
/// between calls, but predicting on another thread during a call is a race that sees half-updated weights. Changing weights
/// through the model between calls is allowed and takes effect at once.</para>
/// <para>A loss that is NaN or infinite is returned and recorded as it is, and the step is taken: it shows that the weights
/// or the targets are no longer finite, most often because the learning rate is too high. Such weights cannot be saved.</para>
/// </remarks>
/// <typeparam name="TModel">The model class, whose trainable side the generator writes.</typeparam>
public sealed partial class Trainer<TModel> : IDisposable
    where TModel : class, IRnnModel<TModel>
{
    /// <summary>What one range of steps of the backward pass leaves for the weight gradient: a part of a second-level cache.</summary>
    private const int RangeLength = 512 * 1024 / sizeof(float);

    private readonly ModelLayout _layout;
    private readonly TrainingWorkspace _workspace;
    private readonly AlignedBuffer _targets;
    private readonly OptimizerUpdate _update;
    private readonly WeightRegularization _regularization;
    private readonly GradientClipping _clipping;
    private readonly WorkerThreads _threads;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private readonly Action<int> _gradients;
    private readonly long _tapePerStep;
    private readonly int _positions;
    private readonly int _targetSize;
    private RandomGenerator _dropoutKeys;
    private float _learningRate;
    private int _nextPiece;

    /// <summary>A trainer for a model; allocates everything that training needs.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="options">How to train it.</param>
    /// <exception cref="ArgumentException">
    /// <see cref="TrainerOptions.TimeSteps"/> is missing, the loss does not fit the model, or a buffer would be too large.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model's weights are constants of the program.</exception>
    public Trainer(TModel model, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.TimeSteps < 1)
            throw new ArgumentException($"{nameof(TrainerOptions)}.{nameof(options.TimeSteps)} must be set.", nameof(options));
        _layout = TModel.Layout;
        if (model.PackedWeights.IsReadOnly)
        {
            throw new InvalidOperationException(
                $"The weights of this {_layout.ModelName} are constants of the program and cannot be trained; {_layout.ModelName}.LoadPretrained() " +
                "gives a model with a copy that can.");
        }

        CheckOptions(options, _layout);

        (Model, Options) = (model, options);
        _learningRate = options.Optimizer.LearningRate;
        _positions = !_layout.ReturnsSequences ? 1
            : _layout.Decoder is not null ? options.TargetSteps
            : _layout.OutputSteps > 0 ? _layout.OutputSteps
            : options.TimeSteps;
        var rows = (long)options.BatchSize;
        var targetSize = (long)_positions * options.Loss.TargetsPerPosition(_layout.OutputSize);
        var outputLength = rows * _positions * _layout.OutputSize;
        _targets = Allocate(options, "targets", rows * targetSize);
        _targetSize = (int)targetSize;
        _lengths = new int[options.BatchSize];
        _countsInLoss = new bool[checked(options.BatchSize * _positions)];
        _workspace = new TrainingWorkspace
        {
            Weights = model.PackedWeights,
            Transposed = new AlignedBuffer(_layout.TransposedLength),
            Gradients = new AlignedBuffer(_layout.WeightLength),
            Inputs = Allocate(options, "inputs", rows * options.TimeSteps * _layout.InputSize),
            Outputs = Allocate(options, "outputs", outputLength),
            OutputGradients = Allocate(options, "output gradients", outputLength),
            TargetInputs = Allocate(options, "decoder's inputs", rows * options.TargetSteps),
            Mask = Allocate(options, "mask", rows * options.TimeSteps),
            States = Allocate(options, "states", options.CarryState ? rows * _layout.StateLength : 0),
            Tape = Allocate(options, "tape", TModel.GetTapeLength(options.BatchSize, options.TimeSteps, options.TargetSteps)),
            TimeSteps = options.TimeSteps,
            TargetSteps = options.TargetSteps,
            OutputGradientsArePreActivation = options.Loss.IsFusedWith(_layout.OutputActivation),
        };
        _tapePerStep = TModel.GetTapeLength(1, 2, 1) - TModel.GetTapeLength(1, 1, 1);
        _update = options.Optimizer.CreateUpdate(_layout.WeightLength);
        _regularization = new WeightRegularization(_layout);
        _clipping = new GradientClipping(options.Optimizer, _layout);
        _random = new RandomGenerator((uint)options.Seed);
        _dropoutKeys = new RandomGenerator(((ulong)(uint)options.Seed << 32) + 1);
        _threads = new WorkerThreads(options.Threads);
        _forward = thread => TModel.Forward(_workspace, FirstRow(thread), FirstRow(thread + 1));
        _backward = thread => TModel.Backward(_workspace, FirstRow(thread), FirstRow(thread + 1));
        _gradients = _ => ComputeGradients();
    }

    /// <summary>The model in training.</summary>
    public TModel Model { get; }

    /// <summary>The options given to the constructor.</summary>
    public TrainerOptions Options { get; }

    /// <summary>The learning rate of the next step, finite and not negative. It starts as the optimizer's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = ArgumentChecks.FiniteNonNegative(value, nameof(LearningRate));
    }

    /// <summary>Ends the trainer's threads, if it has more than the caller's.</summary>
    public void Dispose() => _threads.Dispose();

    /// <summary>One step on the sequences that are in the workspace. The phases are separate, each over ranges that do not interact.</summary>
    private float Step()
    {
        _workspace.IsTraining = true;
        _workspace.CarriesState = Options.CarryState;
        _workspace.DropoutKey = _dropoutKeys.NextUInt64();
        _threads.Begin();
        try
        {
            _threads.Run(_forward);
            var loss = ComputeLoss();

            // Just before it is read, so that it is right even when the weights were changed from outside.
            TModel.Transpose(in _workspace.Weights.Reference, ref _workspace.Transposed.Reference);
            var stepsPerRange = _layout.IsStreamable
                ? (int)Math.Clamp(RangeLength / Math.Max(1, _workspace.Rows * _tapePerStep), 1, Options.TimeSteps)
                : Options.TimeSteps;
            for (_workspace.EndStep = Options.TimeSteps; _workspace.EndStep > 0; _workspace.EndStep = _workspace.FirstStep)
            {
                _workspace.FirstStep = Math.Max(0, _workspace.EndStep - stepsPerRange);
                _threads.Run(_backward);
                _nextPiece = 0;
                _threads.Run(_gradients);
            }

            var gradients = _workspace.Gradients.Span;
            _regularization.AddGradient(_workspace.Weights.Span, gradients);
            _update.Apply(_workspace.Weights.Span, gradients, _clipping.Clip(gradients), _learningRate);
            return loss;
        }
        finally
        {
            _threads.End();
        }
    }

    /// <summary>The first sequence of a thread's share. Sequences do not depend on each other: only tiles are kept whole.</summary>
    private int FirstRow(int thread)
    {
        const int TileRows = 4;
        var tiles = (_workspace.Rows + TileRows - 1) / TileRows;
        return Math.Min(tiles * thread / _threads.Count * TileRows, _workspace.Rows);
    }

    /// <summary>Takes one piece of the weight gradient after the other; each is summed over all sequences and steps, by whoever takes it.</summary>
    private void ComputeGradients()
    {
        for (var piece = NextPiece(); piece < _layout.GradientPieces; piece = NextPiece())
            TModel.ComputeGradients(_workspace, piece, piece + 1);

        int NextPiece() => Interlocked.Increment(ref _nextPiece) - 1;
    }

    private static void CheckOptions(TrainerOptions options, ModelLayout layout)
    {
        Check(options.Loss.FindMismatch(layout));
        if (layout.Decoder is not null)
        {
            Check(options.TargetSteps >= 1
                ? null
                : $"{nameof(TrainerOptions)}.{nameof(options.TargetSteps)} must be set: {layout.ModelName} has a decoder.");
            Check(options.Loss.TargetsPerPosition(layout.OutputSize) == 1
                ? null
                : $"{layout.ModelName} has a decoder, whose targets are tokens: use Loss.{nameof(Loss.SparseCategoricalCrossentropy)}.");
        }

        if (!options.CarryState)
            return;
        Check(layout.IsStreamable ? null : $"{layout.ModelName} needs whole sequences, so its state cannot be carried from batch to batch.");
        Check(options.Shuffle ? $"{nameof(options.CarryState)} needs {nameof(options.Shuffle)} = false: a batch goes on where the one before it ended." : null);

        static void Check(string? mistake)
        {
            if (mistake is not null)
                throw new ArgumentException(mistake, nameof(options));
        }
    }

    private static AlignedBuffer Allocate(TrainerOptions options, string name, long length)
    {
        const int Alignment = 16;
        var padded = (length + Alignment - 1) / Alignment * Alignment;
        if (padded > Array.MaxLength - Alignment)
        {
            throw new ArgumentException(
                $"The {name} of {options.BatchSize} sequences of {options.TimeSteps} time steps need {length} floats, more than " +
                $"one buffer can have ({Array.MaxLength - Alignment}). Choose a smaller {nameof(TrainerOptions.BatchSize)}.",
                nameof(options));
        }

        return new AlignedBuffer((int)padded);
    }
}
