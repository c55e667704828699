using System.Numerics.Tensors;

namespace NanoRnn;

/// <summary>
/// A batch in shards. To the workspace, the threads and the generated code a shard is what a batch is; here they become one gradient, one loss
/// and one state.
/// </summary>
public sealed partial class Trainer<TModel>
{
    /// <summary>Sums up the shards; null if a batch is one.</summary>
    private readonly ShardReduction? _reduction;

    /// <summary>Sequences that the workspace has room for: those of the largest shard of a batch.</summary>
    private int Capacity => Options.ShardPlan.LargestOf(Options.BatchSize);

    /// <summary>The states that all sequences of a batch begin with.</summary>
    private Span<float> CarriedStates =>
        _reduction is null ? _workspace.States.Span[..(Options.CarryState ? Options.BatchSize * _layout.StateLength : 0)] : _reduction.States.Span;

    /// <summary>Where the workspace has the states after the last step of its sequences, in the place of those before the last range.</summary>
    private Span<float> LastStates
    {
        get
        {
            var length = _workspace.Rows * _layout.StateLength;
            return _workspace.States.Span.Slice((_ranges - 1) * length, length);
        }
    }

    private ShardReduction? CreateReduction(MemoryArena arena)
    {
        if (SizesOf(Options) is not { } sizes)
            return null;
        var metrics = new MetricTracker(Options.Metrics, ContextOf(Options, _layout), _trainingMetrics);
        return Options.Processes is { Size: > 1 } processes ? new GroupReduction(sizes, metrics, processes, arena) : new ShardReduction(sizes, metrics, arena);
    }

    /// <summary>Computes this process's shards of a batch, and the gradient of all.</summary>
    private LossSum StepShards(scoped in BatchData batch, ShardReduction reduction)
    {
        var plan = Options.ShardPlan;
        reduction.Begin(batch.Rows);
        for (var shard = reduction.FirstShard; shard - reduction.FirstShard < plan.Shards; shard += reduction.ShardStride)
        {
            if (shard < plan.Shards && plan.RowsOf(shard, batch.Rows) > 0)
                StepShard(batch, shard, reduction);
            else
                reduction.Skip(shard);
        }

        var gradients = ShardGradients;
        reduction.Finish(gradients);
        var loss = default(LossSum);
        for (var shard = 0; shard < plan.Shards; shard++)
            loss = ShardFigures.Add(reduction.FiguresOf(shard), loss, _trainingMetrics);

        // The shards have been weighted by their part of the largest one that can be, since nobody knew yet how much the batch is.
        var scale = (float)(LargestCount / Math.Max(1.0, loss.Counted));
        if (scale != 1)
            TensorPrimitives.Multiply(gradients, scale, gradients);
        return loss;
    }

    /// <summary>The gradient of a shard, and its statistics behind it.</summary>
    private Span<float> ShardGradients => _workspace.Gradients.Span[..(_layout.TrainableLength + _layout.StatisticsLength)];

    /// <summary>The most outputs of a shard that can count, or sequences where the loss is of those.</summary>
    private double LargestCount => Options.Loss.IsOfSequences ? Capacity : (double)Capacity * _positions;

    /// <summary>Computes one shard, and leaves all that it comes to to the reduction.</summary>
    private void StepShard(scoped in BatchData batch, int shard, ShardReduction reduction)
    {
        var (plan, metrics) = (Options.ShardPlan, reduction.Metrics);
        var (first, rows) = (plan.FirstRow(shard, batch.Rows), plan.RowsOf(shard, batch.Rows));
        (_workspace.RowsBefore, _workspace.RowsBehind) = (first, batch.Rows - first - rows);
        if (Options.CarryState)
            reduction.StatesOf(shard).CopyTo(_workspace.States.Span);
        StoreBatch(batch, first, rows);
        metrics.Reset();
        var loss = ComputeGradient(metrics);
        ShardFigures.Write(reduction.FiguresOf(shard), loss, metrics);
        if (Options.CarryState)
            LastStates.CopyTo(reduction.NextStatesOf(shard));
        reduction.Add(shard, ShardGradients, (float)(loss.Counted / LargestCount));
    }

    /// <summary>The states after the last step become those before the first.</summary>
    private void CarryState()
    {
        if (_reduction is null)
            LastStates.CopyTo(_workspace.States.Span);
        else
            _reduction.CarryStates();
    }
}
