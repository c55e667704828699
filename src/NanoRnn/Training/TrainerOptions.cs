using System.Collections.Immutable;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>How a <see cref="Trainer{TModel}"/> trains. Defaults are Keras's.</summary>
public sealed record TrainerOptions
{
    /// <summary>The largest number of <see cref="Threads"/>.</summary>
    public const int MaxThreads = 256;

    /// <summary>The largest number of <see cref="Shards"/>.</summary>
    public const int MaxShards = 4096;

    /// <summary>What to minimise. Default mean squared error.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Loss Loss
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Loss));
    } = Loss.MeanSquaredError;

    /// <summary>How to minimise it. Default <see cref="Optimizer.RmsProp"/>, as in Keras.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Optimizer Optimizer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Optimizer));
    } = Optimizer.RmsProp();

    /// <summary>What to compute of the outputs beside the loss, in training, in validation and in evaluations. Default none.</summary>
    /// <exception cref="ArgumentNullException">A metric is null.</exception>
    public ImmutableArray<Metric> Metrics
    {
        get;
        init
        {
            field = value.IsDefault ? [] : value;
            foreach (var metric in field)
                ArgumentNullException.ThrowIfNull(metric, nameof(Metrics));
        }
    } = [];

    /// <summary>
    /// Whether a batch whose loss is NaN or infinite is an exception, a <see cref="NotFiniteNumberException"/> that says which batch it is,
    /// before the optimizer's step: weights and the optimizer's memory are those of the step before. Default false: the step is taken.
    /// </summary>
    public bool RequireFiniteLoss { get; init; }

    /// <summary>
    /// Sequences in one batch, at least 1; the last batch of an epoch may have fewer. Default, which reads as 0: the model's own
    /// <see cref="RnnModelAttribute.BatchSize"/>, and 32 if it has none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int BatchSize
    {
        get;
        init => field = ArgumentChecks.AtLeastOne(value, nameof(BatchSize));
    }

    /// <summary>
    /// Time steps of every sequence, at least 1. Default, which reads as 0: the model's own <see cref="RnnModelAttribute.TimeSteps"/>; a
    /// model that has none needs it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int TimeSteps
    {
        get;
        init => field = ArgumentChecks.AtLeastOne(value, nameof(TimeSteps));
    }

    /// <summary>
    /// Tokens of every target of a model with a decoder, the one that ends it included. Default, which reads as 0: the model's own
    /// <see cref="RnnModelAttribute.TargetSteps"/>; a model with a decoder that has none needs it. With <see cref="Loss.Ctc"/>, which needs it
    /// too, the labels of every target. For others it is without meaning.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int TargetSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(TargetSteps));
            field = value;
        }
    }

    /// <summary>
    /// How many steps of a sequence are kept at the same time for the backward pass. Of the others only the states at every so
    /// many steps are kept, and when the backward pass comes there, the steps from one to the next are computed again: a second forward
    /// pass in all, for memory that grows with these steps instead of <see cref="TimeSteps"/>. Default 0: the model's own
    /// <see cref="RnnModelAttribute.CheckpointSteps"/>, and all steps if it has none. Any number from <see cref="TimeSteps"/> on is all steps.
    /// </summary>
    /// <remarks>
    /// Outputs and losses are the same to the bit. The weight gradient is a sum over ranges of steps, from the last one, and a range ends
    /// at a checkpoint at the latest: weights are the same to the bit as those of training with the same ranges.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int CheckpointSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(CheckpointSteps));
            field = value;
        }
    }

    /// <summary>
    /// Whether sequence i of a batch goes on with the state that sequence i of the batch before it has left: truncated backpropagation
    /// through time, in Keras a stateful layer. Every batch must be full then, and <see cref="Shuffle"/> false;
    /// <c>Fit</c> begins every epoch with zeros. Default false.
    /// </summary>
    public bool CarryState { get; init; }

    /// <summary>
    /// Threads that share the work of a training step, 1 to <see cref="MaxThreads"/>; more than the machine has cores slow it down. Any
    /// number gives the same result to the bit. Between steps they are blocked. Default 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 or greater than <see cref="MaxThreads"/>.</exception>
    public int Threads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxThreads, nameof(Threads));
            field = ArgumentChecks.AtLeastOne(value, nameof(Threads));
        }
    } = 1;

    /// <summary>
    /// Parts that every batch is cut into, by rows, 1 to <see cref="MaxShards"/>: as equal as can be, the first ones a row longer. The gradient
    /// of a batch is the sum of its shards', in their order, each weighted by its share of the outputs that count. Shards are computed one
    /// after the other, each by all <see cref="Threads"/>, or by several processes (<see cref="Processes"/>): the bits depend on the number of
    /// shards, not on who computes them. Default 1: the batch as a whole. Buffers are as large as a shard needs them.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 or greater than <see cref="MaxShards"/>.</exception>
    public int Shards
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxShards, nameof(Shards));
            field = ArgumentChecks.AtLeastOne(value, nameof(Shards));
        }
    } = 1;

    /// <summary>
    /// The processes that share the <see cref="Shards"/> of every batch, at most as many; all of them train with the same options, model, seed
    /// and data, or those of the data that their shards need. Default null: this process alone.
    /// </summary>
    public IProcessGroup? Processes { get; init; }

    /// <summary>
    /// How the gradients of <see cref="Shards"/>, and their sum, are rounded: <see cref="Precision.Float32"/>, the default, not at all;
    /// <see cref="Precision.BFloat16"/> to 16 bits, which halves what processes exchange. Sums are of 32 bits. The bits are the same on any
    /// number of processes, one included. With one shard it is without meaning.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is another precision.</exception>
    public Precision GradientPrecision
    {
        get;
        init => field = value is Precision.Float32 or Precision.BFloat16
            ? value
            : throw new ArgumentOutOfRangeException(nameof(GradientPrecision), value, "Expected Float32 or BFloat16.");
    }

    /// <summary>Seed of the order of the samples. The same seed gives the same training to the bit. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// The weight of every class, so that rare ones count more: the loss of a position is multiplied by that of its target's class (the
    /// largest number of a one-hot target), in training, not in <c>Evaluate</c>. Finite and not negative, one for each
    /// class, two for a binary loss with one output. For losses whose targets are classes. Default null: all 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public IReadOnlyList<double>? ClassWeight
    {
        get;
        init
        {
            foreach (var weight in value ?? [])
                ArgumentChecks.FiniteNonNegative(weight, nameof(ClassWeight));
            field = value;
        }
    }

    /// <summary>Whether <c>Fit</c> takes the samples in a new random order in every epoch. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Bytes that the buffers of a trainer with these options take, from an arena or allocated; without options, but with
    /// <see cref="Optimizer.Adam"/>, the constant <c>Memory.TrainerBytes</c> of a model that has one.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ArgumentException">The options do not fit the model, or a buffer would be too large.</exception>
    public long GetMemoryBytes<TModel>()
        where TModel : class, IRnnModel<TModel> => Trainer<TModel>.PlanMemory(Trainer<TModel>.Resolve(this)).Total;

    /// <summary>Whether this process is the one that writes files and shows progress.</summary>
    internal bool IsFirstProcess => Processes is null or { Rank: 0 };

    /// <summary>How batches are cut.</summary>
    internal ShardPlan ShardPlan => new(Shards);

    /// <summary>These options with what the model says where they say nothing.</summary>
    internal TrainerOptions For(ModelLayout layout)
    {
        const int DefaultBatchSize = 32;
        var timeSteps = TimeSteps > 0 ? TimeSteps : layout.TimeSteps;
        if (timeSteps == 0)
            throw new ArgumentException($"{nameof(TrainerOptions)}.{nameof(TimeSteps)} must be set: {layout.ModelName} has none of its own.");
        var loss = Loss.For(layout);
        return this with
        {
            Loss = loss,
            Metrics = AddMetrics(loss.CreateMetrics()),
            TimeSteps = timeSteps,
            BatchSize = BatchSize > 0 ? BatchSize : layout.BatchSize > 0 ? layout.BatchSize : DefaultBatchSize,
            TargetSteps = TargetSteps > 0 ? TargetSteps : layout.TargetSteps,
            CheckpointSteps = CheckpointSteps > 0 ? CheckpointSteps : layout.CheckpointSteps,
        };
    }

    /// <summary>The metrics with those of the loss before them, which options that a trainer has given out have already.</summary>
    private ImmutableArray<Metric> AddMetrics(Metric[] ofLoss) =>
        ofLoss.Length == 0 ? Metrics : [.. ofLoss, .. Metrics.RemoveAll(metric => metric is OutputLossMetric)];
}
