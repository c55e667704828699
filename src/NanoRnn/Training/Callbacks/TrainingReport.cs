namespace NanoRnn;

/// <summary>What lies ahead when training begins.</summary>
/// <param name="Epochs">Number of epochs.</param>
/// <param name="Batches">Batches in one epoch.</param>
/// <param name="Samples">Samples in one epoch.</param>
public readonly record struct TrainingReport(int Epochs, int Batches, int Samples)
{
    /// <summary>What there will be of every epoch: the names are those of <see cref="History"/>, the values not known yet.</summary>
    public MetricValues Metrics
    {
        get => field ?? MetricValues.None;
        init;
    }
}
