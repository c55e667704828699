using NanoRnn.CompilerServices;

namespace NanoRnn.Benchmarks.Models;

/// <summary>One face for the trainers of all models: mean squared error and Adam, as the peers do.</summary>
internal abstract class TrainingRun : IDisposable
{
    public abstract void Dispose();

    /// <summary>One shuffled pass over the samples; returns the mean loss.</summary>
    public abstract float TrainEpoch();

    /// <summary>One optimizer step on the first batch; returns its loss.</summary>
    public abstract float TrainBatch();
}

internal sealed class TrainingRun<TModel> : TrainingRun
    where TModel : class, IRnnModel<TModel>
{
    private readonly Trainer<TModel> _trainer;
    private readonly SequenceDataset _data;
    private readonly float[] _inputs;
    private readonly float[] _targets;

    public TrainingRun(TModel model, TrainingTask task)
    {
        _trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Adam(learningRate: 1e-3f), BatchSize = task.BatchSize, TimeSteps = task.TimeSteps,
            Threads = task.Threads,
        });
        _data = task.CreateData();
        var batch = Enumerable.Range(0, task.BatchSize);
        _inputs = [.. batch.SelectMany(sample => _data.GetInput(sample).ToArray())];
        _targets = [.. batch.SelectMany(sample => _data.GetTarget(sample).ToArray())];
    }

    public override void Dispose() => _trainer.Dispose();

    public override float TrainEpoch() => _trainer.Fit(_data).Loss[0];

    public override float TrainBatch() => _trainer.TrainBatch(_inputs, _targets);
}
