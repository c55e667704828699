using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NanoRnn.Fleet;

/// <summary>
/// Clips what a device sends to a norm and adds Gaussian noise to it, before it leaves the device (the Gaussian mechanism of DP-FedAvg, McMahan
/// et al. 2018, with local noise).
/// </summary>
/// <remarks>
/// One update with norm C and noise of deviation σ·C is (ε, δ)-differentially private for the device as a whole, for ε below 1 with
/// σ ≥ √(2·ln(1.25/δ))/ε; rounds add up, and nobody but the caller counts them. It does not hide that a device takes part, how many samples
/// it has, or its loss, which go as they are; and floating-point noise has gaps that a careful observer can use (Mironov 2012). Noise is from the
/// system's cryptographic generator: a run with noise cannot be repeated.
/// </remarks>
public sealed record UpdatePrivacy
{
    /// <summary>The norm C that an update is shortened to. Above 0; infinity for none, if there is no noise.</summary>
    public required double ClipNorm { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(ClipNorm), value, "Expected a number above 0."); }

    /// <summary>σ: the deviation of the noise in each coordinate, in multiples of <see cref="ClipNorm"/>. Finite and not negative; default 0.</summary>
    public double NoiseMultiplier { get; init => field = double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(NoiseMultiplier), value, "Expected a finite number, not negative."); }

    /// <summary>Clips, then adds noise. Allocates nothing.</summary>
    /// <param name="difference">What an update changes the weights by.</param>
    /// <exception cref="InvalidOperationException">There is noise and no finite norm.</exception>
    public void Apply(Span<float> difference)
    {
        if (NoiseMultiplier > 0 && !double.IsFinite(ClipNorm))
            throw new InvalidOperationException($"Noise is in multiples of {nameof(ClipNorm)}, which is {ClipNorm}: expected a finite one.");
        var squares = 0.0;
        foreach (var value in difference)
            squares += (double)value * value;
        var factor = Math.Min(1, ClipNorm / Math.Sqrt(squares));
        Span<ulong> bits = stackalloc ulong[2];
        foreach (ref var value in difference)
        {
            var clipped = value * (factor < 1 ? factor : 1);
            value = (float)(clipped + (NoiseMultiplier > 0 ? NoiseMultiplier * ClipNorm * NextGaussian(bits) : 0));
        }
    }

    /// <summary>Box and Muller's.</summary>
    private static double NextGaussian(Span<ulong> bits)
    {
        const double Unit = 1.0 / (1UL << 53);
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(bits));
        var (radius, angle) = (((bits[0] >> 11) + 1) * Unit, (bits[1] >> 11) * Unit);
        return Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle);
    }
}
