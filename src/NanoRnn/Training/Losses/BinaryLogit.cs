using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>What a logit of any magnitude says, each number accurate relative to itself.</summary>
internal readonly struct BinaryLogit
{
    public BinaryLogit(double z)
    {
        var q = DeterministicMath.Exp(-Math.Abs(z));
        var (larger, smaller) = (1 / (1 + q), q / (1 + q));
        (Probability, Other) = z < 0 ? (smaller, larger) : (larger, smaller);
        MinusLogOfOther = Math.Max(z, 0) + DeterministicMath.Log(1 + q);
        MinusLog = Math.Max(-z, 0) + DeterministicMath.Log(1 + q);
    }

    /// <summary>The sigmoid of the logit.</summary>
    public double Probability { get; }

    /// <summary>One less the probability.</summary>
    public double Other { get; }

    /// <summary>Minus the logarithm of the probability.</summary>
    public double MinusLog { get; }

    /// <summary>Minus the logarithm of <see cref="Other"/>.</summary>
    public double MinusLogOfOther { get; }
}
