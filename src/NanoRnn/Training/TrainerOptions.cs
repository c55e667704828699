namespace NanoRnn;

/// <summary>How a <see cref="Trainer{TModel}"/> trains. Defaults are Keras's.</summary>
public sealed record TrainerOptions
{
    /// <summary>What to minimise. Default mean squared error.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Loss Loss
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Loss));
    } = Loss.MeanSquaredError;

    /// <summary>How to minimise it. Default <see cref="Optimizer.RmsProp"/>, as in Keras.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Optimizer Optimizer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Optimizer));
    } = Optimizer.RmsProp();

    /// <summary>Sequences in one batch, at least 1; the last batch of an epoch may have fewer. Default 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchSize));
            field = value;
        }
    } = 32;

    /// <summary>Time steps of every sequence, at least 1. Has no default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int TimeSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(TimeSteps));
            field = value;
        }
    }

    /// <summary>
    /// Tokens of every target of a model with a decoder, the one that ends it included. Has no default; for other models without
    /// meaning.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int TargetSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(TargetSteps));
            field = value;
        }
    }

    /// <summary>
    /// Whether sequence i of a batch goes on with the state that sequence i of the batch before it has left: truncated backpropagation
    /// through time, in Keras a stateful layer. Every batch must be full then, and <see cref="Shuffle"/> false;
    /// <see cref="Trainer{TModel}.Fit"/> begins every epoch with zeros. Default false.
    /// </summary>
    public bool CarryState { get; init; }

    /// <summary>
    /// Threads that share the work of a training step, at least 1; more than the machine has cores slow it down. Any number gives
    /// the same result to the bit. Between steps they are blocked. Default 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Threads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Threads));
            field = value;
        }
    } = 1;

    /// <summary>Seed of the order of the samples. The same seed gives the same training to the bit. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Whether <see cref="Trainer{TModel}.Fit"/> takes the samples in a new random order in every epoch. Default true.</summary>
    public bool Shuffle { get; init; } = true;
}
