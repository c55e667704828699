using System.Globalization;
using Music;
using NAudio.Midi;

namespace NanoRnn.Samples.Tests;

public class MusicTests
{
    /// <summary>Of a GRU (Bai, Kolter and Koltun 2018).</summary>
    private const double Reference = 8.43;

    private static readonly Chorales Bach = Chorales.Load(Path.Combine(AppContext.BaseDirectory, "data", "jsb-chorales-quarter.json.gz"));

    [Fact]
    public void LearnsAndComposes()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var (model, nll) = ChoraleLearning.Run(Bach, seed: 0, epochs: 8, writer);
        Assert.InRange(nll, 7.5, 10);
        Assert.Contains(FormattableString.Invariant($"unseen chorales: {nll:F2}; GRU 8.43"), writer.ToString(), StringComparison.Ordinal);

        var score = Composer.Compose(model, Bach.Test[0][0], seed: 1);
        Assert.Equal(Composer.Length, score.NotesOf(0).Sum(note => note.Quarters));
        Assert.Equal(Bach.Test[0][0].Max(), score.NotesOf(0).First().Pitch);
        Assert.Equal(score.NotesOf(2), Composer.Compose(model, Bach.Test[0][0], seed: 1).NotesOf(2));
        Assert.NotEqual(score.NotesOf(2), Composer.Compose(model, Bach.Test[0][0], seed: 2).NotesOf(2));
    }

    [SlowFact("Trains five models", isSlowest: true)]
    public void IsBetterThanItsReferenceInTheMedianOfFiveSeeds()
    {
        var nlls = new double[5];
        Parallel.For(0, nlls.Length, seed => nlls[seed] = ChoraleLearning.Run(Bach, seed, ChoraleLearning.Epochs, TextWriter.Null).TestNll);
        Assert.InRange(nlls.Order().ElementAt(2), 7.5, Reference);
    }

    [Fact]
    public void ChoralesBecomeKeysAndTheNextOnes()
    {
        Assert.Equal((229, 76, 77), (Bach.Training.Length, Bach.Validation.Length, Bach.Test.Length));
        int[][] chorale = [[21, 108], [], [60]];
        var dataset = Chorales.ToDataset([chorale, [[30], [31]]], timeSteps: 4);
        Assert.Equal((2, 1), (dataset.GetLength(0), dataset.GetLength(1)));
        Assert.Equal([0, 87], Ones(dataset.GetInput(0)));
        Assert.Equal([Chorales.Keys + 39], Ones(dataset.GetTarget(0)));
        Assert.Equal([9], Ones(dataset.GetInput(1)));
        Assert.Equal([10], Ones(dataset.GetTarget(1)));

        static int[] Ones(ReadOnlySpan<float> keys) => [.. keys.ToArray().Index().Where(key => key.Item == 1).Select(key => key.Index)];
    }

    [Fact]
    public void LongChoralesAreCutSoThatEachStepIsThere()
    {
        int[][] chorale = [.. Enumerable.Range(30, 11).Select(pitch => new[] { pitch })];
        Assert.Equal([(30, 34), (34, 38), (36, 40)], Ends(4));
        Assert.Equal([(30, 40)], Ends(10));
        Assert.Equal([(30, 35), (35, 40)], Ends(5));

        (int, int)[] Ends(int timeSteps) => [.. Chorales.Cut([chorale], timeSteps).Select(piece => (piece[0][0], piece[^1][0]))];
    }

    [Fact]
    public void MidiHasATrackForEachVoiceWithHeldNotes()
    {
        var path = Path.GetTempFileName();
        try
        {
            var score = new Score([[48, 72, 60, 67], [48, 71, 62, 67], [48, 71, 64, 65]]);
            score.Save(path);
            var file = new MidiFile(path, strictChecking: true);
            Assert.Equal((1, 5), (file.FileFormat, file.Tracks));
            Assert.Equal([(0, 72, 1), (1, 71, 2)], Notes(1));
            Assert.Equal([(0, 67, 2), (2, 65, 1)], Notes(2));
            Assert.Equal([(0, 60, 1), (1, 62, 1), (2, 64, 1)], Notes(3));
            Assert.Equal([(0, 48, 3)], Notes(4));

            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            score.Write(writer);
            string[] lines = ["", "Soprano C5  B4  -", "Alto    G4  -   F4", "Tenor   C4  D4  E4", "Bass    C3  -   -", ""];
            Assert.Equal(lines, writer.ToString().Split(Environment.NewLine));

            (int Start, int Pitch, int Quarters)[] Notes(int track) =>
            [
                .. file.Events[track].OfType<NoteOnEvent>().Where(note => note.Velocity > 0).Select(note => (
                    (int)note.AbsoluteTime / file.DeltaTicksPerQuarterNote, note.NoteNumber, note.NoteLength / file.DeltaTicksPerQuarterNote)),
            ];
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ChordsOfAnotherSizeAreRefused() => Assert.Contains(
        "Chord 1 has 3 pitches; expected 4.",
        Assert.Throws<ArgumentException>(() => new Score([[1, 2, 3, 4], [1, 2, 3]])).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("expected the parts 'train', 'valid' and 'test', found 'train'", """{"train": []}""")]
    [InlineData("chorale 1 of 'train' has the pitch 109; a piano has 21 to 108", """{"train": [[[60], [61]], [[60], [109]]]}""")]
    [InlineData("chorale 0 of 'train' should have two chords or more, and has 1", """{"train": [[[60]]]}""")]
    [InlineData("invalid", "nothing")]
    public void MistakesInTheDataAreNamed(string message, string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            var mistake = Assert.Throws<InvalidDataException>(() => Chorales.Load(path));
            Assert.StartsWith(path, mistake.Message, StringComparison.Ordinal);
            Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
