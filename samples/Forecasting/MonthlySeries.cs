using System.Globalization;

namespace Forecasting;

/// <summary>One value for every month from a first month on.</summary>
public sealed class MonthlySeries(DateOnly start, float[] values)
{
    private const string Header = "month,sunspots";

    public int Count => values.Length;

    public ReadOnlySpan<float> Values => values;

    public DateOnly MonthAt(int index) => start.AddMonths(index);

    /// <exception cref="InvalidDataException">A line is not what it should be, or a month is missing.</exception>
    public static MonthlySeries Load(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0] != Header)
            throw new InvalidDataException($"{path} should begin with the line '{Header}', and values should follow.");
        var values = new float[lines.Length - 1];
        DateOnly start = default;
        for (var i = 0; i < values.Length; i++)
        {
            var line = lines[i + 1];
            if (line.Split(',') is not [var monthText, var valueText]
                || !DateOnly.TryParseExact(monthText, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
                || !float.TryParse(valueText, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                throw new InvalidDataException($"{path}, line {i + 2}: expected a month and a number, found '{line}'.");
            }

            if (i == 0)
                start = month;
            else if (month != start.AddMonths(i))
                throw new InvalidDataException($"{path}, line {i + 2}: expected {start.AddMonths(i):yyyy-MM}, found '{line}'.");
        }

        return new MonthlySeries(start, values);
    }
}
