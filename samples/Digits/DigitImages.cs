using System.Globalization;
using NanoRnn;

namespace Digits;

/// <summary>Images of handwritten digits, and which digits they show.</summary>
public sealed class DigitImages
{
    /// <summary>Rows and columns of an image.</summary>
    public const int Size = 8;

    private const int Pixels = Size * Size;
    private const int MaxIntensity = 16;

    private readonly float[] _intensities;
    private readonly int[] _digits;

    private DigitImages(float[] intensities, int[] digits) => (_intensities, _digits) = (intensities, digits);

    public int Count => _digits.Length;

    /// <exception cref="InvalidDataException">A line is not what it should be.</exception>
    public static DigitImages Load(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2)
            throw new InvalidDataException($"{path}: expected a line of names, and images below it.");
        lines = lines[1..];
        var (intensities, digits) = (new float[lines.Length * Pixels], new int[lines.Length]);
        for (var i = 0; i < lines.Length; i++)
        {
            var fields = lines[i].Split(',');
            if (fields.Length != Pixels + 1)
                throw new InvalidDataException($"{path}, line {i + 2}: expected {Pixels + 1} numbers, found {fields.Length}.");
            for (var pixel = 0; pixel < Pixels; pixel++)
                intensities[i * Pixels + pixel] = (float)Parse(fields[pixel], MaxIntensity, i) / MaxIntensity;
            digits[i] = Parse(fields[Pixels], 9, i);
        }

        return new(intensities, digits);

        int Parse(string field, int maximum, int line) =>
            int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum
                ? number
                : throw new InvalidDataException($"{path}, line {line + 2}: expected 0 to {maximum}, found '{field}'.");
    }

    /// <summary>Cuts the images in two: every fifth one is for the test.</summary>
    public (DigitImages Training, DigitImages Test) Split()
    {
        var images = Enumerable.Range(0, Count);
        return (Select(images.Where(image => image % 5 != 4)), Select(images.Where(image => image % 5 == 4)));
    }

    /// <summary>The images, and behind them the same ones moved by a pixel to the left, and to the right.</summary>
    public DigitImages WithMoved() => new([.. _intensities, .. Move(-1), .. Move(1)], [.. _digits, .. _digits, .. _digits]);

    /// <summary>A time step for each row, a feature for each column; the target is the digit.</summary>
    public SequenceDataset ToDataset() => new(_intensities, _digits, timeSteps: Size, inputSize: Size, targetSize: 1);

    private DigitImages Select(IEnumerable<int> images) => new(
        [.. images.SelectMany(image => _intensities.AsSpan(image * Pixels, Pixels).ToArray())],
        [.. images.Select(image => _digits[image])]);

    private float[] Move(int columns)
    {
        var moved = new float[_intensities.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            if (i % Size + columns is >= 0 and < Size)
                moved[i + columns] = _intensities[i];
        }

        return moved;
    }
}
