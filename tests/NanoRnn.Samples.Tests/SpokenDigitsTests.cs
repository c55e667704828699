using System.Buffers.Binary;
using global::Samples;
using Listen;
using SpokenDigits;

namespace NanoRnn.Samples.Tests;

public class SpokenDigitsTests
{
    /// <summary>What the sample is to reach on the test part.</summary>
    private const double Bound = 0.98;

    private static readonly SpokenDigit[] Recordings = RecordingArchive.Load(PathOf("spoken-digits.bin.gz"));

    [Fact]
    public void ShippedModelKnowsTheTestPart()
    {
        var (training, test) = DigitRecognition.Split(Recordings);
        Assert.Equal((2700, 300), (training.Length, test.Length));
        var right = test.Count(recording => WordModel.Pretrained.Recognize(recording.Features).Digit == recording.Digit);
        Assert.InRange((double)right / test.Length, Bound, 1);
        Assert.Equal((double)right / test.Length, WordTraining.Test(WordModel.LoadPretrained(), test).Accuracy, 1e-6);
    }

    [Fact]
    public void LearnsFromAPartOfTheRecordings()
    {
        var (training, test) = DigitRecognition.Split(Recordings);
        var model = WordTraining.Train(Array.FindAll(training, recording => recording.Index % 5 == 0), seed: 0, epochs: 5);
        var (accuracy, confusion) = WordTraining.Test(model, test);
        Assert.InRange(accuracy, 0.85, 1);
        Assert.Equal(accuracy * test.Length, Enumerable.Range(0, 10).Sum(digit => confusion[digit, digit]), 1e-3);
    }

    [SlowFact("Trains five models")]
    public void MedianOfFiveSeedsKnowsTheTestPart()
    {
        var (training, test) = DigitRecognition.Split(Recordings);
        var accuracies = new double[5];
        Parallel.For(0, accuracies.Length, seed =>
            accuracies[seed] = WordTraining.Test(WordTraining.Train(training, seed, DigitRecognition.Epochs), test).Accuracy);
        Assert.InRange(accuracies.Order().ElementAt(2), Bound, 1);
    }

    [SlowFact("Trains a model of strings")]
    public void ReadsStringsOfUnseenRecordings()
    {
        var (training, test) = DigitRecognition.Split(Recordings);
        var (greedy, beam) = StringTraining.Run(training, test, seed: 0, DigitRecognition.StringEpochs);
        Assert.InRange(greedy, 0.85, 1);
        Assert.InRange(beam, 0.85, 1);
    }

    [Fact]
    public void FeaturesAreThoseOfTheRecordings()
    {
        var files = Directory.GetFiles(PathOf("recordings"));
        Assert.Equal(20, files.Length);
        foreach (var file in files)
        {
            var words = Path.GetFileNameWithoutExtension(file).Split('_');
            var recording = Recordings.Single(item => $"{item.Digit}" == words[0] && item.Speaker == words[1] && $"{item.Index}" == words[2]);
            Assert.Equal(recording.Features, new LogMel().Compute(Wave.Read(File.ReadAllBytes(file), file)));
        }
    }

    [Fact]
    public void ToneIsInItsBandAndSilenceInNone()
    {
        short[] tone = [.. Enumerable.Range(0, 256).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * 1000 * i / Wave.SampleRate)))];
        var features = new LogMel().Compute(tone);
        Assert.Equal(LogMel.Bands, features.Length);

        // 1,000 Hz is between the middles of bands 9 and 10, 924 and 1,044 Hz. Energy (8000·256/4)², less what is at the sides.
        Assert.InRange(Array.IndexOf(features, features.Max()), 9, 10);
        Assert.InRange(features.Max(), 5 * Math.Log2(Math.Pow(8000 * 256 / 4, 2)) - 5, 5 * Math.Log2(Math.Pow(8000 * 256 / 4, 2)) + 5);
        Assert.All(new LogMel().Compute(new short[1000]), feature => Assert.Equal(0, feature));

        // Twice as loud is two doublings of energy.
        var louder = new LogMel().Compute(Array.ConvertAll(tone, sample => (short)(sample * 2)));
        Assert.InRange(louder.Max() - features.Max(), 9, 11);
    }

    [Fact]
    public void TransformIsFouriers()
    {
        const int Size = FourierTransform.Size;
        var random = new RandomGenerator(seed: 1);
        var (real, imaginary) = (new double[Size], new double[Size]);
        foreach (ref var value in real.AsSpan())
            value = random.NextUniform(-1, 1);
        foreach (ref var value in imaginary.AsSpan())
            value = random.NextUniform(-1, 1);
        var (expectedReal, expectedImaginary) = (new double[Size], new double[Size]);
        for (var k = 0; k < Size; k++)
        {
            for (var n = 0; n < Size; n++)
            {
                var (sine, cosine) = Math.SinCos(-2 * Math.PI * k * n / Size);
                expectedReal[k] += real[n] * cosine - imaginary[n] * sine;
                expectedImaginary[k] += real[n] * sine + imaginary[n] * cosine;
            }
        }

        new FourierTransform().Run(real, imaginary);
        for (var k = 0; k < Size; k++)
        {
            Assert.Equal(expectedReal[k], real[k], 1e-11);
            Assert.Equal(expectedImaginary[k], imaginary[k], 1e-11);
        }
    }

    [Fact]
    public void StringsAreRecordingsBehindEachOther()
    {
        var strings = DigitString.Create(Recordings, count: 50, seed: 1);
        var dataset = DigitString.ToDataset(strings);
        Assert.Equal(50, dataset.Count);
        for (var i = 0; i < strings.Length; i++)
        {
            Assert.InRange(strings[i].Digits.Length, 2, DigitString.MaxDigits);
            Assert.Equal(strings[i].Features.Length, dataset.GetLength(i) * LogMel.Bands);
            Assert.Equal(strings[i].Digits.Select(digit => digit + 1), dataset.GetTargetTokens(i).ToArray().TakeWhile(label => label > 0));
        }

        Assert.Equal(strings.SelectMany(text => text.Features), DigitString.Create(Recordings, count: 50, seed: 1).SelectMany(text => text.Features));
    }

    [Fact]
    public void FilesOfFeaturesComeBack()
    {
        var path = Path.GetTempFileName();
        try
        {
            RecordingArchive.Save(Recordings[..3], path);
            var read = RecordingArchive.Load(path);
            Assert.Equal(3, read.Length);
            Assert.Equal(Recordings[2].Features, read[2].Features);
            Assert.Equal((Recordings[2].Digit, Recordings[2].Speaker, Recordings[2].Index), (read[2].Digit, read[2].Speaker, read[2].Index));

            RecordingArchive.Save([Recordings[0] with { Features = new byte[LogMel.Bands + 1] }], path);
            Assert.Contains("expected a digit and frames of 24 bytes, found 0 and 25", Assert.Throws<InvalidDataException>(() => RecordingArchive.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(0, 'X', "should begin with RIFF")]
    [InlineData(20, 3, "encoding 3, 1 channels, 8000 samples a second, 16 bits; expected 1 (PCM), 1, 8000, 16")]
    [InlineData(22, 2, "2 channels")]
    [InlineData(25, 62, "15936 samples a second")]
    [InlineData(34, 8, "8 bits")]
    [InlineData(40, 9, "a part of 9 bytes is cut off after 4")]
    [InlineData(36, 'x', "has no samples")]
    public void OtherFilesAreRefused(int place, byte value, string message)
    {
        var file = CreateWave([1, -2]);
        Assert.Equal([1, -2], Wave.Read(file, "one.wav"));
        file[place] = value;
        var mistake = Assert.Throws<IOException>(() => Wave.Read(file, "one.wav"));
        Assert.StartsWith("one.wav", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    private static byte[] CreateWave(short[] samples)
    {
        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, .. "data"u8, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples.Length * sizeof(short));
        return [.. file, .. samples.SelectMany(sample => BitConverter.GetBytes(sample))];
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);
}
