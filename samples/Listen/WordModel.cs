using NanoRnn;

namespace Listen;

/// <summary>From the frames of a recording to the probability of each digit.</summary>
[RnnModel(InputSize = LogMel.Bands, Weights = "word.safetensors")]
[Normalization]
[Gru(64, Direction = Direction.Bidirectional)]
[Dropout(0.3)]
[Dense(10, Activation = Activation.Softmax)]
public sealed partial class WordModel
{
    /// <summary>The most frames of a recording that are listened to; what comes later is left out.</summary>
    public const int MaxFrames = 48;

    /// <summary>The word for each output.</summary>
    public static ReadOnlySpan<string> Words => s_words;

    private static readonly string[] s_words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>Recognises a recording.</summary>
    /// <param name="features">Frames × bands, as <see cref="LogMel.Compute"/> gives them.</param>
    /// <returns>The digit and its probability.</returns>
    public (int Digit, float Probability) Recognize(ReadOnlySpan<byte> features)
    {
        features = features[..Math.Min(features.Length, MaxFrames * LogMel.Bands)];
        Span<float> inputs = new float[features.Length];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = features[i];
        Span<float> probabilities = stackalloc float[OutputSize];
        Predict(inputs, probabilities);
        var digit = 0;
        for (var i = 1; i < OutputSize; i++)
            digit = probabilities[i] > probabilities[digit] ? i : digit;
        return (digit, probabilities[digit]);
    }
}
