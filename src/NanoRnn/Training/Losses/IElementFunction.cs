namespace NanoRnn;

/// <summary>A function of one output and its target, in double precision.</summary>
internal interface IElementFunction
{
    /// <summary>The value.</summary>
    /// <param name="y">The output.</param>
    /// <param name="t">The target.</param>
    /// <param name="slope">The derivative with respect to the output; NaN where that is.</param>
    double Evaluate(double y, double t, out double slope);
}
