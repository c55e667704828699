using Listen;
using NanoRnn;
using Samples;

namespace SpokenDigits;

/// <summary>The whole job: digits of known voices, of unknown ones, and several digits in one recording.</summary>
public static class DigitRecognition
{
    public const int Epochs = 8;

    /// <summary>Strings, whose digits have no times, take longer to learn.</summary>
    public const int StringEpochs = 12;

    /// <summary>Trains and tests.</summary>
    /// <param name="recordings">All recordings.</param>
    /// <param name="seed">Seed of weights and order.</param>
    /// <param name="epochs">How often to go through the training part; half as often for each speaker that is left out, half as often again for strings.</param>
    /// <param name="folder">Where the picture goes.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="isLive">Whether that is a console.</param>
    /// <returns>The share of recordings of the test part that are recognised.</returns>
    public static double Run(SpokenDigit[] recordings, int seed, int epochs, string folder, TextWriter output, bool isLive = false)
    {
        // First, so that a folder that cannot be had costs no training.
        Directory.CreateDirectory(folder);

        var (training, test) = Split(recordings);
        output.WriteLine(WordModel.Summary);
        output.WriteLine($"{training.Length} recordings to learn from, three times as many with those varied; {test.Length} to test with.");
        var model = WordTraining.Train(training, seed, epochs, new ProgressBar(output, isLive));
        var (accuracy, confusion) = WordTraining.Test(model, test);
        output.WriteLine();
        output.WriteLine(confusion);
        output.WriteLine();
        output.WriteLine($"Right: {100 * accuracy:F1} % of {test.Length} unseen recordings");
        var picture = Path.Combine(folder, "confusion.svg");
        ConfusionPlot.Create(WordModel.Words.ToArray(), (digit, predicted) => confusion[digit, predicted]).SaveSvg(picture, 560, 520);
        output.WriteLine($"Picture: {picture}");

        output.WriteLine();
        output.WriteLine("Of a voice that was never heard:");
        var speakers = SpeakerStudy.Run(recordings, seed, Math.Max(1, epochs / 2));
        foreach (var (speaker, share) in speakers)
            output.WriteLine($"  {speaker,-10}{100 * share,5:F1} %");
        output.WriteLine($"  {"mean",-10}{100 * speakers.Average(item => item.Accuracy),5:F1} %");

        output.WriteLine();
        var (greedy, beam) = StringTraining.Run(training, test, seed, epochs * StringEpochs / Epochs, new ProgressBar(output, isLive));
        output.WriteLine($"Strings of unseen recordings without a mistake: {100 * greedy:F1} % greedily, {100 * beam:F1} % with a beam of {StringTraining.BeamWidth}");
        return accuracy;
    }

    /// <summary>The parts that the data set's authors name.</summary>
    public static (SpokenDigit[] Training, SpokenDigit[] Test) Split(SpokenDigit[] recordings) =>
        (Array.FindAll(recordings, recording => !recording.IsTest), Array.FindAll(recordings, recording => recording.IsTest));
}
