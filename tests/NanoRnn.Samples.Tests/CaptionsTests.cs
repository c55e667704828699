using System.Globalization;
using Captions;
using Digits;

namespace NanoRnn.Samples.Tests;

public class CaptionsTests
{
    private static readonly DigitImages Images = DigitImages.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));

    /// <summary>As the sample does it.</summary>
    [SlowFact("Trains with 80,000 pictures")]
    public void DescribesPicturesOfUnseenDigits()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var (model, exact) = Captioning.Run(Images, epochs: 10, writer);
        Assert.InRange(exact, 0.95, 1);
        Assert.Contains($"exact: {1000 * exact:F0}", writer.ToString(), StringComparison.Ordinal);
        var other = Picture.Create(Images.Split().Test, count: 300, seed: 77);
        Assert.InRange(other.Count(picture => model.Describe(picture) == picture.Caption), 270, 300);
    }

    [Fact]
    public void CaptionsSayWhatIsDrawn()
    {
        var pictures = Picture.Create(Images, count: 500, seed: 5);
        Assert.Equal(pictures.Select(picture => picture.Caption), Picture.Create(Images, 500, seed: 5).Select(picture => picture.Caption));
        foreach (var picture in pictures)
        {
            var words = picture.Caption.Split(' ');
            var columns = Filled(Picture.Width, (column, i) => picture.Columns[column * Picture.Height + i], Picture.Height);
            var rows = Filled(Picture.Height, (row, i) => picture.Columns[i * Picture.Height + row], Picture.Width);
            Assert.True(words.Length is 1 or 3 or 4);

            // A digit is no larger than an image; two of them are in two halves with no pixel of the one in the other's.
            if (words.Length == 1)
                Assert.True(columns.Max() - columns.Min() < DigitImages.Size && rows.Max() - rows.Min() < DigitImages.Size);
            else
                Assert.True((words.Length == 4 ? columns.Max() - columns.Min() : rows.Max() - rows.Min()) >= DigitImages.Size - 1);
        }
    }

    [Fact]
    public void WordsAreTokensAndBack()
    {
        var tokens = Words.Encode("seven left of three");
        Assert.Equal([8, 11, 12, 4, Words.End], tokens);
        Assert.Equal("seven left of three", Words.Decode(tokens.AsSpan(0, 4)));
        Assert.Equal([1, Words.End, 0, 0, 0], Words.Encode("zero"));
    }

    /// <summary>The lines that have ink.</summary>
    private static int[] Filled(int count, Func<int, int, float> pixel, int length) =>
        [.. Enumerable.Range(0, count).Where(line => Enumerable.Range(0, length).Any(i => pixel(line, i) > 0))];
}
