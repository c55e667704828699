namespace Denoiser;

/// <summary>Samples of 16 bits, and floats from −1 to 1.</summary>
public static class Samples16
{
    private const float Scale = 32768;

    public static float[] ToFloats(short[] samples) => Array.ConvertAll(samples, sample => sample / Scale);

    /// <summary>Rounded; what is too loud is cut off.</summary>
    public static short[] FromFloats(float[] samples) =>
        Array.ConvertAll(samples, sample => (short)Math.Clamp(MathF.Round(sample * Scale), short.MinValue, short.MaxValue));
}
