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
    private readonly GradientClipping _clipping;
    private readonly WorkerThreads _threads;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private readonly Action<int> _gradients;
    private readonly long _tapePerStep;
    private readonly int _positions;
    private readonly int _targetSize;
    private float _learningRate;
    private int _nextPiece;

    /// <summary>A trainer for a model; allocates everything that training needs.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="options">How to train it.</param>
    /// <exception cref="ArgumentException">
    /// <see cref="TrainerOptions.TimeSteps"/> is missing, the loss does not fit the model, or a buffer would be too large.
    /// </exception>
    public Trainer(TModel model, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.TimeSteps < 1)
            throw new ArgumentException($"{nameof(TrainerOptions)}.{nameof(options.TimeSteps)} must be set.", nameof(options));
        _layout = TModel.Layout;
        if (options.Loss.FindMismatch(_layout) is { } mismatch)
            throw new ArgumentException(mismatch, nameof(options));

        (Model, Options) = (model, options);
        _learningRate = options.Optimizer.LearningRate;
        _positions = _layout.ReturnsSequences ? options.TimeSteps : 1;
        var rows = (long)options.BatchSize;
        var targetSize = (long)_positions * options.Loss.TargetsPerPosition(_layout.OutputSize);
        var outputLength = rows * _positions * _layout.OutputSize;
        _targets = Allocate(options, "targets", rows * targetSize);
        _targetSize = (int)targetSize;
        _workspace = new TrainingWorkspace
        {
            Weights = model.PackedWeights,
            Transposed = new AlignedBuffer(_layout.TransposedLength),
            Gradients = new AlignedBuffer(_layout.WeightLength),
            Inputs = Allocate(options, "inputs", rows * options.TimeSteps * _layout.InputSize),
            Outputs = Allocate(options, "outputs", outputLength),
            OutputGradients = Allocate(options, "output gradients", outputLength),
            Tape = Allocate(options, "tape", TModel.GetTapeLength(options.BatchSize, options.TimeSteps)),
            TimeSteps = options.TimeSteps,
            OutputGradientsArePreActivation = options.Loss.IsFusedWith(_layout.OutputActivation),
        };
        _tapePerStep = TModel.GetTapeLength(1, 2) - TModel.GetTapeLength(1, 1);
        _update = options.Optimizer.CreateUpdate(_layout.WeightLength);
        _clipping = new GradientClipping(options.Optimizer, _layout);
        _random = new RandomGenerator((uint)options.Seed);
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

    /// <summary>Takes one optimizer step on one batch. Allocates nothing.</summary>
    /// <param name="inputs">
    /// 1 … <see cref="TrainerOptions.BatchSize"/> sequences: batch × <see cref="TrainerOptions.TimeSteps"/> × input size.
    /// </param>
    /// <param name="targets">
    /// As many targets: batch × output size, or batch × time × output size if the model returns sequences; for
    /// <see cref="Loss.SparseCategoricalCrossentropy"/> one class index in place of every output.
    /// </param>
    /// <returns>The mean loss of the batch before the step.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a class index is no class. Nothing has changed then.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        var sequenceLength = Options.TimeSteps * _layout.InputSize;
        var (rows, rest) = int.DivRem(inputs.Length, sequenceLength);
        if (rest != 0 || rows < 1 || rows > Options.BatchSize)
        {
            throw new ArgumentException(
                $"The inputs have {inputs.Length} floats; expected 1 to {Options.BatchSize} sequences of {sequenceLength} " +
                $"({Options.TimeSteps} time steps of {_layout.InputSize}).",
                nameof(inputs));
        }

        if (targets.Length != rows * _targetSize)
        {
            throw new ArgumentException(
                $"The targets have {targets.Length} floats; expected {rows * _targetSize} ({rows} sequences of {_targetSize}).",
                nameof(targets));
        }

        _workspace.Rows = rows;
        for (var row = 0; row < rows; row++)
            StoreInput(inputs.Slice(row * sequenceLength, sequenceLength), row);
        return Step(targets);
    }

    /// <summary>One step on the sequences that are in the workspace. The phases are separate, each over ranges that do not interact.</summary>
    private float Step(ReadOnlySpan<float> targets)
    {
        _threads.Begin();
        try
        {
            _threads.Run(_forward);
            var loss = ComputeLoss(targets);

            // Just before it is read, so that it is right even when the weights were changed from outside.
            TModel.Transpose(in _workspace.Weights.Reference, ref _workspace.Transposed.Reference);
            var stepsPerRange = (int)Math.Clamp(RangeLength / Math.Max(1, _workspace.Rows * _tapePerStep), 1, Options.TimeSteps);
            for (_workspace.EndStep = Options.TimeSteps; _workspace.EndStep > 0; _workspace.EndStep = _workspace.FirstStep)
            {
                _workspace.FirstStep = Math.Max(0, _workspace.EndStep - stepsPerRange);
                _threads.Run(_backward);
                _nextPiece = 0;
                _threads.Run(_gradients);
            }

            var gradients = _workspace.Gradients.Span;
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

    private float ComputeLoss(ReadOnlySpan<float> targets)
    {
        var positions = _workspace.Rows * _positions;
        var length = positions * _layout.OutputSize;
        var sum = Options.Loss.SumAndGradient(
            _workspace.Outputs.Span[..length],
            targets,
            _layout.OutputSize,
            _workspace.OutputGradients.Span[..length],
            _workspace.OutputGradientsArePreActivation);
        return (float)(sum / Options.Loss.CountTerms(positions, _layout.OutputSize));
    }

    /// <summary>Puts one sequence into the time-major inputs of the workspace.</summary>
    private void StoreInput(ReadOnlySpan<float> sequence, int row)
    {
        var inputs = _workspace.Inputs.Span;
        var size = _layout.InputSize;
        var stride = _workspace.Rows * size;
        var target = row * size;
        if (size == 1)
        {
            foreach (var value in sequence)
            {
                inputs[target] = value;
                target += stride;
            }

            return;
        }

        for (var i = 0; i < sequence.Length; i += size, target += stride)
            sequence.Slice(i, size).CopyTo(inputs.Slice(target, size));
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
