namespace NanoRnn;

/// <summary>
/// Is told how training proceeds. Override what is of interest; the methods run on the training thread, so their time and
/// their allocations are part of the epoch's. An exception ends the training and leaves the weights as they are.
/// </summary>
public abstract class Callback
{
    /// <summary>Training begins.</summary>
    /// <param name="report">What lies ahead.</param>
    public virtual void OnTrainBegin(in TrainingReport report)
    {
    }

    /// <summary>An epoch begins.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    public virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>An optimizer step has been taken.</summary>
    /// <param name="report">Where training is.</param>
    public virtual void OnBatchEnd(in BatchReport report)
    {
    }

    /// <summary>An epoch is over, its validation included.</summary>
    /// <param name="report">Its result.</param>
    public virtual void OnEpochEnd(in EpochReport report)
    {
    }

    /// <summary>Training is over.</summary>
    /// <param name="history">The losses of all epochs.</param>
    public virtual void OnTrainEnd(History history)
    {
    }
}

/// <summary>What lies ahead when training begins.</summary>
/// <param name="Epochs">Number of epochs.</param>
/// <param name="Batches">Batches in one epoch.</param>
/// <param name="Samples">Samples in one epoch.</param>
public readonly record struct TrainingReport(int Epochs, int Batches, int Samples);

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
}

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
}
