using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Differential.Running;

/// <summary>Trains a <typeparamref name="TModel"/>, with the trainer's buffers in <see cref="GuardedMemory"/>.</summary>
internal sealed unsafe class TrainingRun<TModel> : ITrainingRun
    where TModel : class, IRnnModel<TModel>
{
    public TrainingResult Train(object model, TrainingRequest request, bool atEnd)
    {
        var options = new TrainerOptions
        {
            Loss = request.Loss,
            Optimizer = request.Optimizer,
            BatchSize = request.Input.Rows,
            TimeSteps = request.Input.TimeSteps,
            TargetSteps = request.TargetSteps,
            CheckpointSteps = request.CheckpointSteps,
            Threads = request.Threads,
        };
        using var memory = new GuardedMemory(options.GetMemoryBytes<TModel>(), atEnd);
        using var arena = new MemoryArena(memory.Start, (nint)memory.Length);
        using var trainer = new Trainer<TModel>((TModel)model, options, arena);
        var losses = new float[request.Steps];
        for (var i = 0; i < losses.Length; i++)
            losses[i] = Step(trainer, i % 2 == 1 ? request.Halved() : request);
        float[][] weights = [.. new WeightCollection(TModel.Layout, trainer.Model.PackedWeights).Select(tensor => tensor.ToArray())];
        return new(losses, weights, CountPadding(trainer.Model.PackedWeights.ReadOnlySpan), AllocatedBytes.Of(() => Step(trainer, request)));
    }

    private static int CountPadding(ReadOnlySpan<float> packed)
    {
        var padding = packed.ToArray();
        foreach (var tensor in TModel.Layout.Tensors)
            for (var row = 0; row < tensor.Rows; row++)
                for (var column = 0; column < tensor.Columns; column++)
                    padding[tensor.IndexOf(row, column)] = 0;
        return padding.Count(value => value != 0);
    }

    private static float Step(Trainer<TModel> trainer, TrainingRequest request)
    {
        ReadOnlySpan<int> lengths = request.HasLengths ? request.Input.Lengths : [];
        return request.Input.Tokens is { } tokens
            ? trainer.TrainBatch(tokens, request.Targets, lengths)
            : trainer.TrainBatch(request.Input.Features!, request.Targets, lengths);
    }
}
