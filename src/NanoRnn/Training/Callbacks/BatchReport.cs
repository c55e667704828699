namespace NanoRnn;

/// <summary>State of an epoch after a batch.</summary>
public readonly record struct BatchReport
{
    /// <summary>Number of the epoch, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Number of epochs.</summary>
    public int Epochs { get; init; }

    /// <summary>Number of the batch, from 1.</summary>
    public int Batch { get; init; }

    /// <summary>Batches in one epoch.</summary>
    public int Batches { get; init; }

    /// <summary>Mean loss of this epoch's samples so far.</summary>
    public float Loss { get; init; }

    /// <summary>Mean loss of this batch, before its step.</summary>
    public float BatchLoss { get; init; }

    /// <summary>Time since the epoch began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The loss and the metrics of this epoch's samples so far; what is of validation data is that of the epoch before.</summary>
    public MetricValues Metrics
    {
        get => field ?? MetricValues.None;
        init;
    }
}
