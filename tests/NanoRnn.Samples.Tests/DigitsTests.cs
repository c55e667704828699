using System.Globalization;
using Digits;

namespace NanoRnn.Samples.Tests;

public class DigitsTests
{
    private static readonly DigitImages Images = DigitImages.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));

    [Fact]
    public void ReadsUnseenDigits()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("nanornn-digits-");
        var table = DigitClassification.Run(Images, folder.FullName, writer);
        Assert.Equal(359, table.Count);
        Assert.InRange(table.Accuracy, 0.97, 1);
        Assert.Equal(table.Right, Enumerable.Range(0, 10).Sum(digit => table[digit, digit]));
        Assert.Equal(table.Count, Enumerable.Range(0, 100).Sum(place => table[place / 10, place % 10]));
        Assert.Contains($"Right: {table.Right} of 359 unseen images", writer.ToString(), StringComparison.Ordinal);

        // The picture has a text for every field that is not empty, and the name of each digit at both sides.
        var texts = File.ReadLines(Path.Combine(folder.FullName, "confusion.svg")).Select(line => line.Trim()).ToHashSet();
        folder.Delete(recursive: true);
        Assert.Contains("predicted", texts);
        for (var digit = 0; digit < 10; digit++)
            Assert.Contains($"{table[digit, digit]}", texts);
    }

    [Fact]
    public void ImagesAreCutInTwo()
    {
        Assert.Equal(1797, Images.Count);
        var (training, test) = Images.Split();
        Assert.Equal((1438, 359), (training.Count, test.Count));
        var (all, others, held) = (Images.ToDataset(), training.ToDataset(), test.ToDataset());
        Assert.Equal(all.GetInput(4), held.GetInput(0));
        Assert.Equal(all.GetInput(5), others.GetInput(4));
        Assert.Equal(all.GetTargetTokens(9), held.GetTargetTokens(1));
    }

    [Fact]
    public void MovedImagesAreTheSameOnes()
    {
        var (training, _) = Images.Split();
        var (images, moved) = (training.ToDataset(), training.WithMoved().ToDataset());
        Assert.Equal(3 * images.Count, moved.Count);
        for (var row = 0; row < DigitImages.Size; row++)
        {
            var place = row * DigitImages.Size;
            Assert.Equal(images.GetInput(7).Slice(place + 1, 7), moved.GetInput(images.Count + 7).Slice(place, 7));
            Assert.Equal(images.GetInput(7).Slice(place, 7), moved.GetInput(2 * images.Count + 7).Slice(place + 1, 7));
            Assert.Equal(0, moved.GetInput(2 * images.Count + 7)[place]);
        }
    }

    [Theory]
    [InlineData("line 2: expected 65 numbers, found 2", "1,2")]
    [InlineData("line 2: expected 0 to 16, found '17'", "17,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0")]
    [InlineData("expected a line of names, and images below it")]
    public void MistakesInTheDataAreNamed(string message, params string[] lines) =>
        Assert.Contains(message, Refusal.Of(["header", .. lines], path => DigitImages.Load(path)), StringComparison.Ordinal);
}
