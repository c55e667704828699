namespace NanoRnn;

/// <summary>
/// The words in which a method with <see cref="CellAttribute"/> describes a recurrent cell. There is never an object of this class:
/// the generator reads the method's source.
/// </summary>
/// <remarks>All values are vectors with one element per unit. Names are letters and digits and begin with a letter.</remarks>
public abstract class CellBuilder
{
    private protected CellBuilder()
    {
    }

    /// <summary>The value before the step of a vector that the cell carries from step to step; zeros before the first step.</summary>
    /// <param name="name">A name that no other state of the cell has.</param>
    public abstract CellValue Previous(string name);

    /// <summary>
    /// One gate's sum <c>x·W + recurrent·U + b</c>. Kernels, recurrent kernels and biases of all gates are joined, in the order of the
    /// calls, to the tensors <c>kernel</c>, <c>recurrent_kernel</c> and <c>bias</c>.
    /// </summary>
    /// <param name="name">A name that no other gate or weight of the cell has.</param>
    /// <param name="recurrent">
    /// What the recurrent kernel multiplies: a state, or a vector computed from gates and states. All gates that multiply a state
    /// multiply the same one, and all that multiply a computed vector the same one.
    /// </param>
    /// <param name="usesInput">Whether the layer's input takes part.</param>
    /// <param name="useBias">Whether a bias is added, if the layer has biases.</param>
    public abstract CellValue Affine(string name, CellValue? recurrent = null, bool usesInput = true, bool useBias = true);

    /// <summary>A trainable vector, the tensor <c>name</c> of the layer; zeros at first. <c>UseBias</c> does not concern it.</summary>
    /// <param name="name">A name that no other gate or weight of the cell has, and no tensor.</param>
    public abstract CellValue Weight(string name);

    /// <summary>The layer's recurrent activation of a vector, by default the sigmoid.</summary>
    /// <param name="x">The vector.</param>
    public abstract CellValue Gate(CellValue x);

    /// <summary>The layer's activation of a vector, by default tanh.</summary>
    /// <param name="x">The vector.</param>
    public abstract CellValue Activate(CellValue x);

    /// <summary>A function of each element.</summary>
    /// <param name="method">
    /// The method, by its name: one of the project's as docs/functions.md describes it, or one of <c>MathF</c> that such methods may call.
    /// </param>
    /// <param name="x">The vector.</param>
    public abstract CellValue Apply(Func<float, float> method, CellValue x);

    /// <summary>The cell: for each of its states the values before and after the step.</summary>
    /// <param name="states">The states; the first one's value after the step is the layer's output.</param>
    public abstract CellDefinition Build(params (CellValue Previous, CellValue Next)[] states);
}
