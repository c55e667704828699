using NanoRnn.CompilerServices;

namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    /// <summary>Bytes of all buffers of the trainer: what it has taken from its arena, if it has one.</summary>
    public long MemoryBytes { get; }

    /// <summary>The options with the model's own numbers, checked.</summary>
    internal static TrainerOptions Resolve(TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var resolved = options.For(TModel.Layout);
        CheckOptions(resolved, TModel.Layout);
        return resolved;
    }

    /// <exception cref="ArgumentException">A buffer is too large.</exception>
    internal static TrainingMemory PlanMemory(TrainerOptions options)
    {
        var layout = TModel.Layout;
        var memory = new TrainingMemory
        {
            TrainableLength = layout.TrainableLength,
            StatisticsLength = layout.StatisticsLength,
            TransposedLength = layout.TransposedLength,
            StateLength = layout.StateLength,
            InputSize = layout.InputSize,
            OutputSize = layout.OutputSize,
            ReturnsSequences = layout.ReturnsSequences,
            OutputSteps = layout.OutputSteps,
            HasDecoder = layout.Decoder is not null,
            MasksTargets = layout.Decoder is { MasksZero: true },
            ReversesTime = layout.ReversesTime,
            TargetsPerPosition = options.Loss.TargetsPerPosition(layout.OutputSize),
            Labels = options.Loss.IsOfSequences ? options.TargetSteps : 0,
            LossScratchLength = options.Loss.ScratchLength(options.TimeSteps, options.TargetSteps),
            BatchSize = options.ShardPlan.LargestOf(options.BatchSize),
            TimeSteps = options.TimeSteps,
            TargetSteps = layout.Decoder is null ? 0 : options.TargetSteps,
            CheckpointSteps = options.CheckpointSteps,
            CarriesState = options.CarryState,
            OptimizerSlots = options.Optimizer.SlotCount,
            Reduction = SizesOf(options)?.Total ?? 0,
        };

        // The length of the tape of a batch that does not fit could be any number.
        CheckBuffers(options, memory);
        memory = memory with { TapeLength = TModel.GetTapeLength(memory.BatchSize, memory.TapeSteps, options.TargetSteps) };
        CheckBuffers(options, memory);
        return memory;
    }

    /// <summary>What summing up shards takes; null if a batch is one.</summary>
    private static ShardSizes? SizesOf(TrainerOptions options) => options.Shards == 1 ? null : new ShardSizes
    {
        Plan = options.ShardPlan,
        Processes = options.Processes?.Size ?? 1,
        BatchSize = options.BatchSize,
        GradientLength = TModel.Layout.TrainableLength + TModel.Layout.StatisticsLength,
        StateLength = options.CarryState ? TModel.Layout.StateLength : 0,
        Figures = ShardFigures.CountOf(new MetricTracker(options.Metrics, ContextOf(options, TModel.Layout))),
        IsRounded = options.GradientPrecision != Precision.Float32,
    };

    private static void CheckBuffers(TrainerOptions options, TrainingMemory memory)
    {
        if (memory.FindTooLarge() is not var (name, bytes, limit))
            return;
        throw new ArgumentException(
            $"The {name} of {options.BatchSize} sequences of {options.TimeSteps} time steps need {bytes} bytes, more than " +
            $"one buffer can have ({limit}). Choose a smaller {nameof(TrainerOptions.BatchSize)}.",
            nameof(options));
    }

    private static void CheckOptions(TrainerOptions options, ModelLayout layout)
    {
        Check(options.Loss.FindMismatch(layout));
        Check(options.Shards > options.BatchSize
            ? $"{nameof(options.Shards)} is {options.Shards}, but a batch has {options.BatchSize} sequences: some shards would always be empty."
            : null);
        Check(options.Processes is { } processes && processes.Size > options.Shards
            ? $"{processes.Size} processes share {options.Shards} shard{(options.Shards == 1 ? "" : "s")}: {nameof(TrainerOptions)}.{nameof(options.Shards)} must be at least {processes.Size}."
            : null);
        Check(FindWrongMetric(options, layout));
        Check(options.TimeSteps < layout.FewestSteps
            ? $"{nameof(TrainerOptions)}.{nameof(options.TimeSteps)} is {options.TimeSteps}; {layout.ModelName} needs sequences of at least {layout.FewestSteps} time steps."
            : null);
        if (layout.Decoder is not null)
        {
            Check(options.TargetSteps >= 1
                ? null
                : $"{nameof(TrainerOptions)}.{nameof(options.TargetSteps)} must be set: {layout.ModelName} has a decoder.");
            Check(options.Loss.HasClasses
                ? null
                : $"{layout.ModelName} has a decoder, whose targets are tokens: use Loss.{nameof(Loss.SparseCategoricalCrossentropy)}.");
        }

        Check(options.Loss.IsOfSequences && options.TargetSteps == 0
            ? $"{nameof(TrainerOptions)}.{nameof(options.TargetSteps)} must be set: targets of {options.Loss} have labels of their own number."
            : null);
        if (options.ClassWeight is { } weights)
        {
            var classes = options.Loss.ClassCount(layout.OutputSize);
            Check(classes == 0
                ? $"{nameof(options.ClassWeight)} needs one class for each output: {options.Loss} has none with {layout.OutputSize} " +
                    $"output{(layout.OutputSize == 1 ? "" : "s")}."
                : weights.Count != classes ? $"{nameof(options.ClassWeight)} has {weights.Count} weights; expected one for each of {classes} classes."
                : null);
        }

        Check(options.CheckpointSteps > 0 && options.CheckpointSteps < options.TimeSteps && !layout.HasRanges
            ? $"{layout.ModelName} needs whole sequences, so its steps cannot be computed again range by range: {nameof(options.CheckpointSteps)} is not for it."
            : null);
        if (!options.CarryState)
            return;
        Check(layout.IsStreamable ? null : $"{layout.ModelName} needs whole sequences, so its state cannot be carried from batch to batch.");
        Check(layout.TrainsInitialState
            ? $"{layout.ModelName} learns the state before the first step, which a batch that goes on where another one ended does not have: {nameof(options.CarryState)} is not for it."
            : null);
        Check(options.Shuffle ? $"{nameof(options.CarryState)} needs {nameof(options.Shuffle)} = false: a batch goes on where the one before it ended." : null);

        static void Check(string? mistake)
        {
            if (mistake is not null)
                throw new ArgumentException(mistake, nameof(options));
        }
    }
}
