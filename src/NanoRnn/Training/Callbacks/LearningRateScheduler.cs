namespace NanoRnn;

/// <summary>Sets the learning rate at the beginning of every epoch; Keras's <c>LearningRateScheduler</c>.</summary>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, double, double> _schedule;

    /// <summary>Asks a function for the learning rate.</summary>
    /// <param name="schedule">The rate of an epoch, from its number, which as in Keras counts from 0 here, and the rate before it.</param>
    public LearningRateScheduler(Func<int, double, double> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = schedule;
    }

    internal override bool ChangesLearningRate => true;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => Trainer.LearningRate = (float)_schedule(epoch - 1, Trainer.LearningRate);
}
