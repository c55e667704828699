namespace NanoRnn.Reference;

/// <summary>The activation functions in double precision, as <see cref="Activation"/> defines them.</summary>
internal static class ReferenceActivations
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    /// <summary>The function's value; where it has a kink, <paramref name="probe"/> hears on which side x lies.</summary>
    public static double Apply(Activation activation, double x, FunctionProbe? probe = null)
    {
        switch (activation)
        {
            case Activation.Relu or Activation.LeakyRelu or Activation.Selu:
                probe?.Note(x > 0);
                break;
            case Activation.HardSigmoid:
                probe?.Note(x > -3);
                probe?.Note(x < 3);
                break;
        }

        var value = activation switch
        {
            Activation.Linear => x,
            Activation.Relu => Math.Max(x, 0),
            Activation.LeakyRelu => x > 0 ? x : 0.2 * x,
            Activation.Elu => x > 0 ? x : ExpMinus1(x),
            Activation.Selu => SeluScale * (x > 0 ? x : SeluAlpha * ExpMinus1(x)),
            Activation.Softplus => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))),
            Activation.Softsign => x / (1 + Math.Abs(x)),
            Activation.Tanh => Math.Tanh(x),
            Activation.Sigmoid => Sigmoid(x),
            Activation.HardSigmoid => Math.Clamp(x / 6 + 0.5, 0, 1),
            Activation.Silu => x * Sigmoid(x),
            Activation.Gelu => x * 0.5 * ErrorFunctionComplement(-x / Math.Sqrt(2)),
            Activation.Exponential => Math.Exp(x),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an elementwise activation."),
        };

        return activation == Activation.Linear ? value : probe?.Function(value) ?? value;
    }

    /// <summary>The function of all features of a step, in a new array.</summary>
    public static double[] ApplyAll(Activation activation, double[] x, FunctionProbe? probe = null)
    {
        if (activation != Activation.Softmax)
            return Array.ConvertAll(x, feature => Apply(activation, feature, probe));

        var y = (double[])x.Clone();
        Softmax(y);
        return probe is null ? y : Array.ConvertAll(y, probe.Function);
    }

    /// <summary>e^xᵢ / Σ e^xⱼ, in place.</summary>
    private static void Softmax(double[] x)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in x)
            largest = Math.Max(largest, value);

        var sum = 0.0;
        foreach (ref var value in x.AsSpan())
            sum += value = Math.Exp(value - largest);

        foreach (ref var value in x.AsSpan())
            value /= sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>eˣ − 1 without cancellation: 2·eʰ·sinh h with h = x/2.</summary>
    private static double ExpMinus1(double x) => 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>ln(1 + u) for u in 0…1: 2·artanh(u / (2 + u)) without cancellation.</summary>
    private static double LogOnePlus(double u) => 2 * Math.Atanh(u / (2 + u));

    /// <summary>1 − erf x, by the series of erf in the middle and the continued fraction of erfc in the tails.</summary>
    private static double ErrorFunctionComplement(double x)
    {
        if (x < 0)
            return 2 - ErrorFunctionComplement(-x);
        if (x < 2)
        {
            // erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5·…·(2n+1)): every term is positive.
            double term = x, sum = x;
            for (var n = 1; term > sum * 1e-18; n++)
                sum += term *= 2 * x * x / (2 * n + 1);

            return 1 - 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }

        // erfc x = e^(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))
        var fraction = x;
        for (var n = 100; n >= 1; n--)
            fraction = x + n / 2.0 / fraction;

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
