namespace NanoRnn;

/// <summary>
/// Is told how training proceeds, and may act: stop it, change the learning rate, copy and restore weights by its <see cref="Trainer"/>.
/// Override what is of interest; the methods run on the training thread, so their time and their allocations are part of the epoch's. An
/// exception ends the training and leaves the weights as they are.
/// </summary>
public abstract class Callback
{
    /// <summary>The trainer that is in <c>Fit</c>.</summary>
    /// <exception cref="InvalidOperationException">No <c>Fit</c> has been given this callback.</exception>
    protected ITrainer Trainer
    {
        get => field ?? throw new InvalidOperationException("A callback has a trainer once it is given to Fit.");
        private set;
    }

    /// <summary>Whether the callback changes the learning rate, so that the history shall have it.</summary>
    internal virtual bool ChangesLearningRate => false;

    /// <summary>Whether, of several processes, only the first has it: it shows something, or writes a file of its own.</summary>
    internal virtual bool IsForFirstProcess => false;

    /// <summary>Whether the callback is told of the end of a batch or an epoch after those that are not so.</summary>
    internal virtual bool IsLast => false;

    /// <summary>What a training's file calls what the callback remembers; null if that is nothing.</summary>
    internal virtual string? StateName => null;

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
    /// <param name="history">The losses and metrics of all epochs.</param>
    public virtual void OnTrainEnd(History history)
    {
    }

    /// <summary>Shows what the callback remembers.</summary>
    internal virtual void Visit(StateVisitor state)
    {
    }

    internal void Join(ITrainer trainer) => Trainer = trainer;
}
