namespace NanoRnn;

/// <summary>What every recurrent layer attribute has.</summary>
public abstract class RecurrentLayerAttribute : UnitsLayerAttribute
{
    private protected RecurrentLayerAttribute(int units)
        : base(units)
    {
    }

    /// <summary>Activation of the output (for gated cells: of the candidate and of the cell state). Default tanh.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>
    /// Name of a <c>static float F(float x)</c> of the model class to use instead of <see cref="Activation"/>, such as
    /// <c>nameof(Forecaster.Swish)</c>; the method may also be inherited or belong to a type around the class. Its body is compiled
    /// into the network and differentiated; docs/functions.md says what it may contain. Default <see langword="null"/>: none.
    /// </summary>
    public string? ActivationMethod { get; set; }

    /// <summary>
    /// Whether the layer returns its output at every time step (needed when another recurrent layer follows) or only the
    /// last one. Default <see langword="false"/>, as in Keras.
    /// </summary>
    public bool ReturnSequences { get; set; }

    /// <summary>
    /// Whether the layer goes through the sequence from its last time step to its first. Its outputs are in that order too, as in
    /// Keras. Not together with <see cref="Direction.Bidirectional"/>. Default <see langword="false"/>.
    /// </summary>
    public bool GoBackwards { get; set; }

    /// <summary>Whether the layer goes through the sequence in one direction or in both. Default <see cref="Direction.Forward"/>.</summary>
    public Direction Direction { get; set; }

    /// <summary>How a bidirectional layer merges its two outputs. Default <see cref="MergeMode.Concat"/>.</summary>
    public MergeMode MergeMode { get; set; }

    /// <summary>
    /// Whether the states before the first step are weights, which training changes; else they are zeros. The tensor is
    /// <c>lstm.initial_state</c>, states × units, the output first, zeros at first; a bidirectional layer has one for each direction. Not in a decoder,
    /// whose layers start where those of the encoder ended. Default <see langword="false"/>.
    /// </summary>
    public bool TrainableInitialState { get; set; }

    /// <summary>
    /// Share of the input's features that training sets to zero, 0 up to but not 1, the others scaled by 1 / (1 − rate); the same ones
    /// at every time step of a sequence (Gal and Ghahramani 2016). Default 0.
    /// </summary>
    public double Dropout { get; set; }

    /// <summary>
    /// The same for the output of the step before, where it meets the recurrent kernel; one choice for all gates. Default 0.
    /// </summary>
    public double RecurrentDropout { get; set; }

    /// <summary>How the recurrent kernel starts, units × gates · units. Default <see cref="Initializer.Orthogonal"/>.</summary>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <summary>
    /// Factor of the penalty <c>l1·Σ|w|</c> over the recurrent kernel, which training adds to the batch's mean loss; finite and not negative.
    /// Default 0, no penalty.
    /// </summary>
    public double RecurrentL1 { get; set; }

    /// <summary>
    /// Factor of the penalty <c>l2·Σw²</c> over the recurrent kernel, which training adds to the batch's mean loss; finite and not negative.
    /// Default 0, no penalty.
    /// </summary>
    public double RecurrentL2 { get; set; }
}
