namespace NanoRnn;

/// <summary>
/// Ends the training after a batch whose loss is NaN or infinite, and says which; Keras's <c>TerminateOnNaN</c>. The batch's step has been
/// taken then: <see cref="TrainerOptions.RequireFiniteLoss"/> stops before it.
/// </summary>
public sealed class TerminateOnNaN : Callback
{
    private readonly TextWriter _writer;

    /// <summary>Says on the console which batch it was.</summary>
    public TerminateOnNaN()
        : this(Console.Out)
    {
    }

    /// <summary>Says to a writer which batch it was.</summary>
    /// <param name="writer">Where to print.</param>
    public TerminateOnNaN(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(in BatchReport report)
    {
        if (float.IsFinite(report.BatchLoss))
            return;
        _writer.WriteLine(FormattableString.Invariant($"Epoch {report.Epoch}, batch {report.Batch}: the loss is {report.BatchLoss}, training ends."));
        Trainer.StopTraining = true;
    }
}
