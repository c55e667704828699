using Digits;
using NanoRnn;

namespace Captions;

/// <summary>A picture of one handwritten digit or two, and what it shows: "seven", "seven left of three" or "seven above three".</summary>
/// <param name="Columns">The intensities, column by column, from 0 to 1.</param>
/// <param name="Caption">What it shows.</param>
public sealed record Picture(float[] Columns, string Caption)
{
    public const int Width = 18;
    public const int Height = 16;

    private const int Size = DigitImages.Size;

    /// <summary>Pictures of some of the images, at random places.</summary>
    public static Picture[] Create(DigitImages images, int count, ulong seed)
    {
        var (all, random) = (images.ToDataset(), new RandomGenerator(seed));
        var pictures = new Picture[count];
        for (var i = 0; i < count; i++)
            pictures[i] = Create(all, ref random);
        return pictures;
    }

    /// <summary>The pictures and their captions, to learn from.</summary>
    public static SequenceDataset ToDataset(Picture[] pictures) => new(
        pictures.SelectMany(picture => picture.Columns).ToArray(),
        pictures.SelectMany(picture => Words.Encode(picture.Caption)).ToArray(),
        timeSteps: Width, inputSize: Height, targetSize: Words.MaxSteps);

    /// <summary>The picture in characters.</summary>
    public void Write(TextWriter output)
    {
        for (var row = 0; row < Height; row++)
            output.WriteLine(string.Concat(Enumerable.Range(0, Width).Select(column => " .:*#"[(int)(Columns[column * Height + row] * 4.99f)])));
    }

    private static Picture Create(SequenceDataset images, ref RandomGenerator random)
    {
        var columns = new float[Width * Height];
        var (left, top) = (random.NextInt(Width - Size + 1), random.NextInt(Height - Size + 1));
        switch (random.NextInt(3))
        {
            case 0:
                return new(columns, Draw(images, columns, left, top, ref random));
            case 1:
                left = random.NextInt(Width - 2 * Size + 1);
                var leftOf = Draw(images, columns, left, top, ref random);
                left += Size + random.NextInt(Width - 2 * Size - left + 1);
                return new(columns, $"{leftOf} left of {Draw(images, columns, left, random.NextInt(Height - Size + 1), ref random)}");
            default:
                top = random.NextInt(Height - 2 * Size + 1);
                var above = Draw(images, columns, left, top, ref random);
                top += Size + random.NextInt(Height - 2 * Size - top + 1);
                return new(columns, $"{above} above {Draw(images, columns, random.NextInt(Width - Size + 1), top, ref random)}");
        }
    }

    /// <summary>Draws one of the images, and tells which digit it is.</summary>
    private static string Draw(SequenceDataset images, float[] columns, int left, int top, ref RandomGenerator random)
    {
        var image = random.NextInt(images.Count);
        var rows = images.GetInput(image);
        for (var row = 0; row < Size; row++)
            for (var column = 0; column < Size; column++)
                columns[(left + column) * Height + top + row] = rows[row * Size + column];
        return Words.OfDigit(images.GetTargetTokens(image)[0]);
    }
}
