using System.Numerics;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// An optimizer at work on a model, with all that it remembers from batch to batch: the numbers of its update, accumulated gradients,
/// averages of the weights, the number of batches and the learning rate. Allocates nothing after construction.
/// </summary>
internal sealed class OptimizerState
{
    private readonly Optimizer _optimizer;
    private readonly OptimizerUpdate _update;
    private readonly GradientClipping? _clipping;
    private readonly WeightDecay? _decay;
    private readonly AlignedBuffer? _accumulated;
    private readonly AlignedBuffer? _average;
    private float _learningRate;
    private long _batches;

    public OptimizerState(Optimizer optimizer, ModelLayout layout, MemoryArena? arena)
    {
        _optimizer = optimizer;
        _learningRate = (float)optimizer.LearningRate;
        _update = optimizer.CreateUpdate(layout.TrainableLength, arena);
        _clipping = optimizer.Clips ? new GradientClipping(optimizer, layout) : null;
        _decay = optimizer.WeightDecay > 0 ? new WeightDecay(optimizer, layout) : null;
        _accumulated = optimizer.AccumulatesGradients ? new AlignedBuffer(layout.TrainableLength, arena) : null;
        _average = optimizer.UseEma ? new AlignedBuffer(layout.TrainableLength, arena) : null;
        SlotNames = optimizer.AccumulatesGradients || optimizer.UseEma
            ?
            [
                .. optimizer.SlotNames,
                .. optimizer.AccumulatesGradients ? (ReadOnlySpan<string>)["gradient_accumulator"] : [],
                .. optimizer.UseEma ? (ReadOnlySpan<string>)["average"] : [],
            ]
            : optimizer.SlotNames;
    }

    /// <summary>
    /// Names of the numbers that are kept for each packed weight. With <see cref="Batches"/> and <see cref="LearningRate"/> they are all
    /// that the next step depends on.
    /// </summary>
    public string[] SlotNames { get; }

    /// <summary>Batches that have been given, also those whose gradients wait.</summary>
    public long Batches
    {
        get => _batches;
        set
        {
            _batches = value;
            _update.Iterations = value / _optimizer.GradientAccumulationSteps;
        }
    }

    /// <summary>The learning rate of the next step.</summary>
    /// <exception cref="InvalidOperationException">It is set though there is a schedule, or a schedule gives no learning rate.</exception>
    public float LearningRate
    {
        get
        {
            if (_optimizer.LearningRateSchedule is not { } schedule)
                return _learningRate;
            var rate = schedule.GetLearningRate(_update.Iterations);
            return rate >= 0 && float.IsFinite((float)rate)
                ? (float)rate
                : throw new InvalidOperationException(FormattableString.Invariant(
                    $"{schedule} gives the learning rate {rate} for step {_update.Iterations}; expected a finite number of at least 0."));
        }

        set => _learningRate = _optimizer.LearningRateSchedule is not { } schedule
            ? (float)ArgumentChecks.FiniteNonNegative(value, nameof(LearningRate))
            : throw new InvalidOperationException(
                $"The learning rate is given by {schedule} and cannot be set: leave {nameof(Optimizer)}.{nameof(Optimizer.LearningRateSchedule)} " +
                "out to set it.");
    }

    /// <summary>The numbers of a slot, packed as the weights.</summary>
    /// <param name="slot">Its index in <see cref="SlotNames"/>.</param>
    public Span<float> GetSlot(int slot)
    {
        if (slot < _update.SlotCount)
            return _update.GetSlot(slot);
        return slot == _update.SlotCount && _accumulated is not null ? _accumulated.Span : _average!.Span;
    }

    /// <summary>Shows all that the next step depends on.</summary>
    public void Visit(StateVisitor state)
    {
        var batches = _batches;
        state.Visit("batches", ref batches);
        state.Visit("learning_rate", ref _learningRate);
        var names = SlotNames;
        for (var slot = 0; slot < names.Length; slot++)
            state.VisitWeights(names[slot], GetSlot(slot));
        if (batches != _batches)
            Batches = batches;
    }

    /// <summary>Takes a batch's gradient, and, if it is the last one that is waited for, a step.</summary>
    /// <param name="weights">Packed weights that are trainable.</param>
    /// <param name="gradients">Their gradient, which is changed.</param>
    public void Apply(Span<float> weights, Span<float> gradients)
    {
        var rate = LearningRate;
        var accumulated = _optimizer.GradientAccumulationSteps;
        var isLast = ++_batches % accumulated == 0;
        if (accumulated > 1)
        {
            Accumulate(gradients, isLast);
            if (!isLast)
                return;
        }

        var scale = _clipping?.Clip(gradients) ?? 1;
        _decay?.Apply(weights, rate);
        _update.Apply(weights, gradients, scale, rate);
        if (!_optimizer.UseEma)
            return;
        Average(weights);
        if (_optimizer.EmaOverwriteFrequency is { } frequency && _update.Iterations % frequency == 0)
            FinalizeWeights(weights);
    }

    /// <summary>Puts the averages in the weights' place, if there are any.</summary>
    public void FinalizeWeights(Span<float> weights)
    {
        if (_optimizer.UseEma && _update.Iterations > 0)
            _average!.Span.CopyTo(weights);
    }

    /// <summary>Adds a gradient to those that wait; with the last one, it becomes the mean of all and none waits any more.</summary>
    private void Accumulate(Span<float> gradients, bool isLast)
    {
        var count = new Vector<float>(_optimizer.GradientAccumulationSteps);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        ref var accumulated = ref _accumulated!.Reference;
        for (nuint i = 0; i < (nuint)gradients.Length; i += (nuint)Vector<float>.Count)
        {
            var sum = Vector.LoadUnsafe(ref gradient, i) + Vector.LoadUnsafe(ref accumulated, i);
            if (isLast)
                (sum / count).StoreUnsafe(ref gradient, i);
            (isLast ? Vector<float>.Zero : sum).StoreUnsafe(ref accumulated, i);
        }
    }

    /// <summary>Moves the averages towards the weights; the first step's weights are the first averages.</summary>
    private void Average(ReadOnlySpan<float> weights)
    {
        var share = _update.Iterations == 1 ? 0 : (float)_optimizer.EmaMomentum;
        var (momentum, rest) = (new Vector<float>(share), new Vector<float>(1 - share));
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var average = ref _average!.Reference;
        for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<float>.Count)
        {
            var mean = momentum * Vector.LoadUnsafe(ref average, i) + rest * Vector.LoadUnsafe(ref weight, i);
            mean.StoreUnsafe(ref average, i);
        }
    }
}
