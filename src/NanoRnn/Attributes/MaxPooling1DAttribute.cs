namespace NanoRnn;

/// <summary>
/// The largest value of each feature over some time steps, Keras's <c>MaxPooling1D</c>. What lies beyond the ends of the sequence does not count.
/// </summary>
/// <param name="poolSize">How many steps, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPooling1DAttribute(int poolSize = 2) : LayerAttribute
{
    /// <summary>How many steps each output sees.</summary>
    public int PoolSize { get; } = poolSize;

    /// <summary>Steps from one output to the next. Default, if it is not set: <see cref="PoolSize"/>.</summary>
    public int Strides { get; set; }

    /// <summary>Whether outputs at the ends see fewer steps. Default <see cref="Padding.Valid"/>: there are none.</summary>
    public Padding Padding { get; set; } = Padding.Valid;
}
