namespace NanoRnn;

/// <summary>How far a <c>Fit</c> has come.</summary>
internal sealed class TrainingPosition
{
    private int _epoch;
    private int _batch;
    private int _samples;
    private int _isStopped;

    /// <summary>Epochs that are done.</summary>
    public int Epoch => _epoch;

    /// <summary>Batches of the running epoch that are done.</summary>
    public int Batch => _batch;

    /// <summary>Samples of an epoch; 0 if no <c>Fit</c> is under way.</summary>
    public int Samples => _samples;

    /// <summary>Whether it has been told to end.</summary>
    public bool IsStopped
    {
        get => _isStopped != 0;
        set => _isStopped = value ? 1 : 0;
    }

    /// <summary>The first epoch begins, or, without samples, none.</summary>
    public void Begin(int samples) => (_epoch, _batch, _samples, _isStopped) = (0, 0, samples, 0);

    /// <summary>Another batch is done.</summary>
    public void EndBatch() => _batch++;

    /// <summary>An epoch is over.</summary>
    public void EndEpoch() => (_epoch, _batch) = (_epoch + 1, 0);

    /// <summary>Shows where training is.</summary>
    public void Visit(StateVisitor state)
    {
        state.Visit("epoch", ref _epoch);
        state.Visit("batch", ref _batch);
        state.Visit("samples", ref _samples);
        state.Visit("is_stopped", ref _isStopped);
    }
}
