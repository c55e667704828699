namespace Denoiser;

/// <summary>What a model makes of mixtures.</summary>
/// <param name="Before">Mean SI-SDR of the mixtures, in dB.</param>
/// <param name="After">The same of what is left of them.</param>
/// <param name="VoiceAccuracy">The share of frames for which it is right whether somebody speaks.</param>
/// <param name="SpeechShare">The share of frames in which somebody does.</param>
public sealed record Quality(double Before, double After, double VoiceAccuracy, double SpeechShare)
{
    /// <summary>What has become better, in dB.</summary>
    public double Gain => After - Before;

    /// <summary>The mean of several.</summary>
    public static Quality MeanOf(IReadOnlyCollection<Quality> qualities) => new(
        qualities.Average(quality => quality.Before), qualities.Average(quality => quality.After),
        qualities.Average(quality => quality.VoiceAccuracy), qualities.Average(quality => quality.SpeechShare));

    /// <summary>Measures one mixture.</summary>
    public static Quality Of(DenoiserModel model, Mixture mixture)
    {
        var (left, voice) = NoiseSuppressor.Process(model, mixture.Noisy);
        var speech = Frames.FindSpeech(mixture.Clean);
        var right = speech.Index().Count(frame => voice[frame.Index] > 0.5f == frame.Item);
        return new Quality(
            Distortion(mixture.Clean, mixture.Noisy), Distortion(mixture.Clean, left),
            (double)right / speech.Length, (double)speech.Count(isSpeech => isSpeech) / speech.Length);
    }

    /// <summary>
    /// The scale-invariant ratio of signal to distortion in dB (SI-SDR; J. Le Roux et al. 2019): of the sound's part along the clean one to what
    /// remains of it.
    /// </summary>
    public static double Distortion(ReadOnlySpan<float> clean, ReadOnlySpan<float> sound)
    {
        var (product, energy) = (0.0, 0.0);
        for (var i = 0; i < clean.Length; i++)
        {
            product += (double)clean[i] * sound[i];
            energy += (double)clean[i] * clean[i];
        }

        var (scale, rest) = (product / energy, 0.0);
        for (var i = 0; i < clean.Length; i++)
            rest += Math.Pow(sound[i] - scale * clean[i], 2);
        return 10 * Math.Log10(scale * scale * energy / rest);
    }
}
