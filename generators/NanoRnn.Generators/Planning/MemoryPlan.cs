using NanoRnn.CompilerServices;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>The bytes that a model takes: itself, its sessions, its predictions, and its training, if it is known for how much of it.</summary>
internal sealed class MemoryPlan(ModelPlan model)
{
    private const int AdamSlots = 2;

    private ModelOptions Options => model.Spec.Options;

    public long Weights => Bytes(model.WeightLength);

    /// <summary>A session; 0 if the model has none.</summary>
    public long Session => model.IsStreamable ? Bytes(ModelPlan.RoundUp(model.MemoryLength)) : 0;

    /// <summary>What a prediction takes while it runs; null where that depends on numbers that are not known.</summary>
    public long? PredictScratch => model.Sequence is { } sequence ? Scratch(sequence.Length) : Whole(1);

    /// <summary>What a prediction of a batch takes while it runs.</summary>
    public long? PredictBatchScratch =>
        model.IsStreamable ? Scratch(model.BatchLength) : Whole(Math.Min(ModelPlan.MaxRowsPerChunk, Options.BatchSize));

    /// <summary>Training with Adam; null if it is not known for how much, or not done.</summary>
    public TrainingMemory? Training => model.IsTrainable && Options.KnowsBatch ? TrainingOf(Options) : null;

    /// <summary>All that the budget is for; null where that depends on numbers that are not known.</summary>
    public long? Total => Weights + (Training?.Total ?? Session + PredictScratch);

    /// <summary>The training of so many sequences.</summary>
    public TrainingMemory TrainingOf(ModelOptions options)
    {
        var memory = new TrainingMemory
        {
            TrainableLength = model.TrainableLength,
            StatisticsLength = model.StatisticsLength,
            TransposedLength = model.TransposedLength,
            StateLength = model.StateLength,
            InputSize = model.InputSize,
            OutputSize = model.OutputSize,
            ReturnsSequences = model.ReturnsSequences,
            OutputSteps = model.OutputSteps,
            HasDecoder = model.HasDecoder,
            MasksTargets = model.MasksTargets,
            ReversesTime = model.ReversesTime,
            TargetsPerPosition = model.HasDecoder ? 1 : model.OutputSize,
            BatchSize = options.BatchSize,
            TimeSteps = options.TimeSteps,
            TargetSteps = options.TargetSteps,
            CheckpointSteps = options.CheckpointSteps,
            OptimizerSlots = AdamSlots,
        };
        return memory with { TapeLength = options.BatchSize * model.Tape!.Length.For(memory.TapeSteps, options.TargetSteps) };
    }

    /// <summary>Whether a prediction has so many floats on the stack; else they are the thread's.</summary>
    public static bool IsOnStack(int floats) => floats <= BufferLimits.MaxStackFloats;

    private static long Scratch(int floats) => Bytes(floats + (IsOnStack(floats) ? BufferLimits.StackSlack : 0L));

    private long? Whole(int rows)
    {
        if (model.HasDecoder || !Options.KnowsBatch)
            return null;
        var length = model.WholeTape!.Length.For(Options.TimeSteps, 0);
        return Bytes(BufferLimits.FitRows(length, rows) * length);
    }

    private static long Bytes(long floats) => floats * sizeof(float);
}
