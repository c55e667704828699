namespace NanoRnn.Generators.Lowering.Expressions;

/// <summary>
/// A function of one number that has a name of its own in the generated code, because its expansion is long or because its
/// derivative is best written in terms of its result.
/// </summary>
internal abstract class ElementwiseFunction
{
    /// <summary>Name of the generated method.</summary>
    public abstract string Name { get; }

    /// <summary>What the generated method's documentation says: formula, source, error.</summary>
    public abstract string Documentation { get; }

    /// <summary>The function in operations that every processor computes alike; it may use other functions.</summary>
    public abstract Expr Expand(Expr x);

    /// <summary>
    /// Whether there is a form of factor·f(x), or with an addend of factor·f(x) + addend, whose value is known sooner than if f(x) came
    /// first.
    /// </summary>
    public virtual bool HasProduct(bool withAddend) => false;

    /// <summary>That form of factor·f(x), or of factor·f(x) + addend.</summary>
    public virtual Expr ExpandProduct(Expr x, Expr factor, Expr? addend) =>
        throw new InvalidOperationException($"{Name} has no form of a product");

    /// <summary>The derivative at <paramref name="x"/>, where the function's value is <paramref name="y"/>.</summary>
    public abstract Expr Derivative(Expr x, Expr y);

    public Expr Of(Expr x) => x.Graph.Apply(this, x);

    /// <summary>
    /// A polynomial in fused multiply-adds, two coefficients at a time, which halves the chain of Horner's rule; the coefficient of
    /// the highest power comes first.
    /// </summary>
    protected static Expr Polynomial(Expr x, params float[] coefficients)
    {
        var (graph, square) = (x.Graph, x * x);
        var rest = coefficients.Length % 2;
        var sum = rest == 0 ? graph.Constant(0) : graph.Constant(coefficients[0]);
        for (var i = rest; i < coefficients.Length; i += 2)
        {
            var pair = graph.FusedMultiplyAdd(graph.Constant(coefficients[i]), x, graph.Constant(coefficients[i + 1]));
            sum = graph.FusedMultiplyAdd(sum, square, pair);
        }

        return sum;
    }
}
