namespace NanoRnn;

/// <summary>Result of an epoch.</summary>
public readonly record struct EpochReport
{
    /// <summary>Number of the epoch, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Number of epochs.</summary>
    public int Epochs { get; init; }

    /// <summary>Batches in one epoch.</summary>
    public int Batches { get; init; }

    /// <summary>Mean loss of the epoch's samples, each before the step of its batch.</summary>
    public float Loss { get; init; }

    /// <summary>Loss of the validation data after the epoch, or null if there is none.</summary>
    public float? ValidationLoss { get; init; }

    /// <summary>Time since the epoch began, its validation included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The loss and the metrics of the epoch, and of the validation data after it, by the names of <see cref="History"/>.</summary>
    public MetricValues Metrics
    {
        get => field ?? MetricValues.None;
        init;
    }
}
