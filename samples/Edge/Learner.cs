using NanoRnn;

namespace Edge;

/// <summary>
/// Trains a network on a stream: a window of values at a time, whose first step goes on from the state that the window before has left
/// (truncated backpropagation through time). Keeps one window and allocates nothing after construction.
/// </summary>
internal sealed class Learner : IDisposable
{
    /// <summary>Values that are learnt from in one step.</summary>
    public const int Window = 64;

    private readonly Trainer<Forecaster> _trainer;
    private readonly float[] _inputs = new float[Window];
    private readonly float[] _targets = new float[Window];
    private int _count;
    private float? _last;

    public Learner(Forecaster model, float learningRate) => _trainer = new Trainer<Forecaster>(model, new TrainerOptions
    {
        Optimizer = Optimizer.Adam(learningRate) with { GlobalClipNorm = 1 },
        BatchSize = 1,
        TimeSteps = Window,
        CarryState = true,
        Shuffle = false,
    });

    public float LearningRate { set => _trainer.LearningRate = value; }

    /// <summary>Takes a value; learns if it completes a window.</summary>
    /// <returns>The loss of the window before it was learnt from, or null while there is none.</returns>
    public float? Add(float value)
    {
        if (_last is { } last)
        {
            _inputs[_count] = Scaling.ToInput(last);
            _targets[_count++] = Scaling.ToTarget(last, value);
        }

        _last = value;
        return _count == Window ? Learn() : null;
    }

    /// <summary>Learns from what has come since the last whole window, and forgets the state: another series may follow.</summary>
    /// <returns>The loss, or null if nothing has come.</returns>
    public float? End()
    {
        var loss = _count > 0 ? Learn() : (float?)null;
        _trainer.ResetState();
        _last = null;
        return loss;
    }

    public void Dispose() => _trainer.Dispose();

    private float Learn()
    {
        var loss = _trainer.TrainBatch(_inputs, _targets, [_count]);
        _count = 0;
        return loss;
    }
}
