namespace NanoRnn;

/// <summary>What every layer with units has: their number, a bias, and how weights start and are regularised.</summary>
public abstract class UnitsLayerAttribute : LayerAttribute
{
    private protected UnitsLayerAttribute(int units) => Units = units;

    /// <summary>Number of units, the size of the layer's output at one time step.</summary>
    public int Units { get; }

    /// <summary>Whether the layer adds a trainable bias. Default <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the kernel starts, inputs × gates · units. Default <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// How the bias starts. Default <see cref="Initializer.Zeros"/>. <see cref="Initializer.Orthogonal"/> and
    /// <see cref="Initializer.Identity"/> are only for the bias of a GRU that resets after the product, which has two rows.
    /// </summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// Factor of the penalty <c>l1·Σ|w|</c> over the kernel, which training adds to the batch's mean loss; finite and not negative.
    /// Default 0, no penalty.
    /// </summary>
    public double KernelL1 { get; set; }

    /// <summary>
    /// Factor of the penalty <c>l2·Σw²</c> over the kernel, which training adds to the batch's mean loss; finite and not negative.
    /// Default 0, no penalty.
    /// </summary>
    public double KernelL2 { get; set; }

    /// <summary>
    /// Factor of the penalty <c>l1·Σ|w|</c> over the bias, which training adds to the batch's mean loss; finite and not negative.
    /// Default 0, no penalty.
    /// </summary>
    public double BiasL1 { get; set; }

    /// <summary>
    /// Factor of the penalty <c>l2·Σw²</c> over the bias, which training adds to the batch's mean loss; finite and not negative.
    /// Default 0, no penalty.
    /// </summary>
    public double BiasL2 { get; set; }
}
