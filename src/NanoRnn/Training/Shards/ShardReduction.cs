using System.Numerics.Tensors;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>
/// Makes one gradient of those of a batch's shards, the sum in the order of the shards, and knows what else each shard has come to. Here all
/// shards are this process's. Allocates nothing after construction.
/// </summary>
internal class ShardReduction
{
    private readonly ShardSizes _sizes;
    private readonly double[] _figures;
    private readonly AlignedBuffer _nextStates;
    private bool _hasTerms;

    /// <param name="sizes">How much there is of everything.</param>
    /// <param name="metrics">What sums up the metrics of one shard.</param>
    /// <param name="arena">Where to take the memory from.</param>
    public ShardReduction(ShardSizes sizes, MetricTracker metrics, MemoryArena arena)
    {
        (_sizes, Metrics) = (sizes, metrics);
        Sums = Take(sizes.Sums);
        (States, _nextStates) = (Take(sizes.States), Take(sizes.States));
        _figures = new double[sizes.Plan.Shards * sizes.Figures];

        AlignedBuffer Take(long bytes) => new((int)(bytes / sizeof(float)), arena);
    }

    /// <summary>The metrics of the shard that is computed.</summary>
    public MetricTracker Metrics { get; }

    /// <summary>The first shard that this process computes.</summary>
    public virtual int FirstShard => 0;

    /// <summary>From one of its shards to the next.</summary>
    public virtual int ShardStride => 1;

    /// <summary>States that are carried from batch to batch, shard by shard, of full batches.</summary>
    public AlignedBuffer States { get; }

    /// <summary>The sum of the gradients so far, or the part of it that is this process's.</summary>
    protected AlignedBuffer Sums { get; }

    /// <summary>What a shard has come to beside its gradient. Of shards of other processes it is known when the sum is.</summary>
    public Span<double> FiguresOf(int shard) => _figures.AsSpan(shard * _sizes.Figures, _sizes.Figures);

    /// <summary>The states that a shard of a full batch begins with.</summary>
    public Span<float> StatesOf(int shard) => States.Span.Slice(_sizes.StateStart(shard), _sizes.StatesOf(shard));

    /// <summary>The states that a shard of a full batch has come to.</summary>
    public Span<float> NextStatesOf(int shard) => _nextStates.Span.Slice(_sizes.StateStart(shard), _sizes.StatesOf(shard));

    /// <summary>Begins a batch.</summary>
    /// <param name="rows">How many it has.</param>
    public virtual void Begin(int rows)
    {
        _hasTerms = false;
        _figures.AsSpan().Clear();
    }

    /// <summary>Adds the gradient of a shard that has rows.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="gradients">The gradient of the shard's mean loss, which is changed.</param>
    /// <param name="weight">How much of the batch the shard is.</param>
    public void Add(int shard, Span<float> gradients, float weight)
    {
        if (weight != 1)
            TensorPrimitives.Multiply(gradients, weight, gradients);
        if (_sizes.IsRounded)
            GradientRounding.Round(gradients);
        AddPrepared(shard, gradients);
    }

    /// <summary>Passes over a shard of this process that has no rows in this batch.</summary>
    public virtual void Skip(int shard)
    {
    }

    /// <summary>Completes the sum, and what is known of the shards.</summary>
    /// <param name="gradients">Receives the sum.</param>
    public void Finish(Span<float> gradients)
    {
        CompleteSums();
        if (_sizes.IsRounded)
            GradientRounding.Round(Sums.Span);
        Gather(gradients);
    }

    /// <summary>Carries the states on: those that the shards have come to are those that they begin with.</summary>
    public void CarryStates() => _nextStates.Span.CopyTo(States.Span);

    /// <summary>Adds a gradient that is what is to be summed.</summary>
    protected virtual void AddPrepared(int shard, ReadOnlySpan<float> gradients) => AddTerm(gradients);

    /// <summary>Adds the next term of the sum; the first is taken as it is, a negative zero too.</summary>
    protected void AddTerm(ReadOnlySpan<float> gradients)
    {
        var sums = Sums.Span;
        if (_hasTerms)
            TensorPrimitives.Add(sums, gradients, sums);
        else
            gradients.CopyTo(sums);
        _hasTerms = true;
    }

    /// <summary>Waits for what is still to be added.</summary>
    protected virtual void CompleteSums()
    {
    }

    /// <summary>Makes the whole sum known, and the figures and states of all shards.</summary>
    protected virtual void Gather(Span<float> gradients) => Sums.Span.CopyTo(gradients);
}
