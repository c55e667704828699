namespace NanoRnn;

/// <summary>
/// <c>y = γ·(x − mean) / √(variance + ε) + β</c> for each feature (Ioffe and Szegedy 2015), with a trainable γ and β. In training mean and
/// variance are those of the feature over all steps of all sequences of the batch that count; prediction and evaluation take moving averages of
/// them, <c>moving = momentum·moving + (1 − momentum)·batch</c>, as Keras does.
/// </summary>
/// <remarks>
/// The tensors are <c>batch_normalization.gamma</c>, <c>beta</c>, <c>moving_mean</c> and <c>moving_variance</c>; optimizers leave the last two alone.
/// With <see cref="TrainerOptions.Shards"/> the statistics are each shard's own, and the moving averages take their mean.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormalizationAttribute : LayerAttribute
{
    /// <summary>How much of a moving average a batch leaves, from 0 to 1, less than 1. Default 0.99, as in Keras; PyTorch's momentum is one minus it.</summary>
    public double Momentum { get; set; } = 0.99;

    /// <summary>ε, finite and positive. Default 0.001, as in Keras; PyTorch's is 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether there is a β, zero at first.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether there is a γ, one at first.</summary>
    public bool Scale { get; set; } = true;
}
