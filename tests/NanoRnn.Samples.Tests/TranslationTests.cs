using System.Globalization;
using System.Text.RegularExpressions;
using Translation;

namespace NanoRnn.Samples.Tests;

public class TranslationTests
{
    // The same as the sample, with half of its epochs.
    private const int Epochs = 5;

    [Fact]
    public void TranslatesUnseenDates()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var result = DateTranslation.Run(Epochs, writer);
        Assert.Equal(1000, result.Test.Length);
        Assert.InRange(result.GreedyExact, 999, 1000);
        Assert.InRange(result.BeamExact, 999, 1000);
        Assert.Equal(result.GreedyExact, result.Test.Count(pair => result.Model.Translate(pair.Written) == pair.Iso));
        Assert.Equal("1998-05-03", result.Model.Translate("Sunday, May 3rd, 1998"));
        Assert.Contains($"exact, greedily:    {result.GreedyExact}", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TestHasNoDateOfTheTraining()
    {
        var (training, test) = DatePair.Create(trainingCount: 5000, testCount: 1000, seed: 3);
        var known = training.Select(pair => pair.Iso).ToHashSet();
        Assert.Equal(1000, test.Select(pair => pair.Iso).Distinct().Count());
        Assert.DoesNotContain(test, pair => known.Contains(pair.Iso));
        Assert.Equal((training, test), DatePair.Create(5000, 1000, seed: 3), (one, other) =>
            one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2));
    }

    [Fact]
    public void WrittenDatesHaveOneMeaning()
    {
        var (pairs, _) = DatePair.Create(trainingCount: 5000, testCount: 1, seed: 4);
        Assert.All(pairs, pair => Assert.Equal(pair.Iso, Read(pair.Written)));
        Assert.InRange(pairs.Max(pair => pair.Written.Length), WrittenDate.MaxLength - 1, WrittenDate.MaxLength);
    }

    /// <summary>Reads a date by rules.</summary>
    private static string Read(string written)
    {
        var text = Regex.Replace(written, @"^(sun|mon|tue|wed|thu|fri|sat)\w*,? ", "", RegexOptions.IgnoreCase);
        text = Regex.Replace(text, @"(?<=\d)(st|nd|rd|th)\b", "");
        string[] formats =
            ["d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "d.M.yyyy", "M/d/yyyy", "d-MMM-yyyy"];
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.Calendar.TwoDigitYearMax = 2049;
        var date = DateTime.ParseExact(text, [.. formats, .. formats.Select(format => format[..^2])], culture, DateTimeStyles.None);
        return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
