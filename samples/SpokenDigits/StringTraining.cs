using Listen;
using NanoRnn;
using Samples;

namespace SpokenDigits;

/// <summary>Learns to read strings of digits without being told where each digit is.</summary>
public static class StringTraining
{
    private const int TrainingStrings = 2000;
    private const int TestStrings = 300;
    public const int BeamWidth = 10;

    /// <summary>Trains a model on strings of some recordings, and reads strings of others.</summary>
    /// <returns>The share of strings without any mistake, greedily and with a beam.</returns>
    public static (double Greedy, double Beam) Run(
        IReadOnlyList<SpokenDigit> training, IReadOnlyList<SpokenDigit> test, int seed, int epochs, params Callback[] callbacks)
    {
        var strings = DigitString.ToDataset(DigitString.Create(training, TrainingStrings, seed));
        var model = new DigitStringModel(seed);
        model.Adapt(strings);
        using var trainer = new Trainer<DigitStringModel>(model, new TrainerOptions
        {
            Loss = Loss.Ctc,
            Optimizer = Optimizer.Adam(0.01) with { GlobalClipNorm = 1 },
            BatchSize = 16,
            TimeSteps = DigitString.MaxFrames,
            TargetSteps = DigitString.MaxDigits,
            Seed = seed,
            Threads = 2,
        });
        trainer.Fit(strings, epochs, validation: null, [new CosineDecay(), .. callbacks]);
        return Test(model, DigitString.Create(test, TestStrings, seed: 1));
    }

    private static (double Greedy, double Beam) Test(DigitStringModel model, DigitString[] strings)
    {
        var decoder = new CtcDecoder(DigitStringModel.OutputSize, DigitString.MaxFrames, BeamWidth);
        var labels = new int[DigitString.MaxFrames];
        var (greedy, beam) = (0, 0);
        foreach (var text in strings)
        {
            var logits = new float[text.Features.Length / LogMel.Bands * DigitStringModel.OutputSize];
            model.Predict(Array.ConvertAll(text.Features, feature => (float)feature), logits);
            greedy += IsRight(CtcDecoder.DecodeGreedily(logits, DigitStringModel.OutputSize, labels)) ? 1 : 0;
            beam += IsRight(decoder.Decode(logits, labels, out _)) ? 1 : 0;

            bool IsRight(int count) => labels.AsSpan(0, count).SequenceEqual(Array.ConvertAll(text.Digits, digit => digit + 1));
        }

        return ((double)greedy / strings.Length, (double)beam / strings.Length);
    }
}
