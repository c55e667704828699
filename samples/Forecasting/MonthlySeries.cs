using System.Globalization;
using nietras.SeparatedValues;

namespace Forecasting;

/// <summary>One value for every month from a first month on.</summary>
public sealed class MonthlySeries(DateOnly start, float[] values)
{
    public int Count => values.Length;

    public ReadOnlySpan<float> Values => values;

    public DateOnly MonthAt(int index) => start.AddMonths(index);

    /// <exception cref="InvalidDataException">A line is not what it should be, or a month is missing.</exception>
    public static MonthlySeries Load(string path)
    {
        using var reader = Sep.New(',').Reader().FromFile(path);
        if (reader.Header.ColNames is not ["month", "sunspots"])
            throw new InvalidDataException($"{path} should begin with the line 'month,sunspots'.");
        var values = new List<float>();
        DateOnly start = default;
        foreach (var row in reader)
        {
            if (!DateOnly.TryParseExact(row["month"].Span, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
                || !row["sunspots"].TryParse<float>(out var value))
            {
                throw new InvalidDataException($"{path}, line {row.LineNumberFrom}: expected a month and a number, found '{row.Span}'.");
            }

            if (values.Count == 0)
                start = month;
            else if (month != start.AddMonths(values.Count))
                throw new InvalidDataException($"{path}, line {row.LineNumberFrom}: expected {start.AddMonths(values.Count):yyyy-MM}, found '{row.Span}'.");
            values.Add(value);
        }

        return values.Count > 0 ? new MonthlySeries(start, [.. values]) : throw new InvalidDataException($"{path} has no values.");
    }
}
