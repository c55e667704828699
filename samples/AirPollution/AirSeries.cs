using System.Globalization;
using nietras.SeparatedValues;
using Samples;

namespace AirPollution;

/// <summary>Fine dust and weather in Beijing, hour by hour.</summary>
public sealed class AirSeries
{
    /// <summary>Numbers of a row: dust, dew point, temperature, pressure, wind speed, snow, rain, four wind directions, time of day and of year.</summary>
    public const int Columns = 15;

    private static readonly string[] Names = ["No", "year", "month", "day", "hour", "pm2.5", "DEWP", "TEMP", "PRES", "cbwd", "Iws", "Is", "Ir"];
    private static readonly string[] Measurements = ["pm2.5", "DEWP", "TEMP", "PRES", "Iws", "Is", "Ir"];
    private static readonly string[] WindDirections = ["NE", "NW", "SE", "cv"];

    private readonly DateTime _start;
    private readonly float[] _rows;

    private AirSeries(DateTime start, float[] rows) => (_start, _rows) = (start, rows);

    /// <summary>Number of hours.</summary>
    public int Count => _rows.Length / Columns;

    /// <summary>Hours × <see cref="Columns"/>; NaN in an hour whose dust was not measured.</summary>
    public ReadOnlyMemory<float> Rows => _rows;

    /// <summary>The first hour of a year.</summary>
    public int StartOf(int year) => (int)(new DateTime(year, 1, 1) - _start).TotalHours;

    public DateTime TimeOf(int hour) => _start.AddHours(hour);

    public ReadOnlySpan<float> RowAt(int hour) => _rows.AsSpan(hour * Columns, Columns);

    /// <summary>PM2.5 in µg/m³, or NaN if it was not measured.</summary>
    public float DustAt(int hour) => _rows[hour * Columns];

    /// <param name="path">A line for each hour, compressed.</param>
    /// <exception cref="InvalidDataException">A line is not what it should be, or an hour is missing.</exception>
    public static AirSeries Load(string path)
    {
        using var reader = Sep.New(',').Reader().From(DataFile.OpenText(path));
        if (!reader.Header.ColNames.SequenceEqual(Names))
            throw new InvalidDataException($"{path} should begin with the line '{string.Join(',', Names)}'.");
        var (rows, start) = (new List<float>(), default(DateTime));
        foreach (var row in reader)
        {
            var time = DateTime.TryParseExact(
                $"{row["year"].Span} {row["month"].Span} {row["day"].Span} {row["hour"].Span}", "yyyy M d H",
                CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : throw Mistake("expected a time", row);
            if (rows.Count == 0)
                start = time;
            else if (time != start.AddHours(rows.Count / Columns))
                throw Mistake($"expected the hour {start.AddHours(rows.Count / Columns):yyyy-MM-dd HH:mm}", row);

            foreach (var name in Measurements)
                rows.Add(row[name].Span is "NA" ? float.NaN : row[name].TryParse<float>(out var value) ? value : throw Mistake($"expected a number or NA as {name}", row));
            var direction = Array.IndexOf(WindDirections, row["cbwd"].ToString());
            if (direction < 0)
                throw Mistake($"expected one of {string.Join(", ", WindDirections)} as cbwd", row);
            for (var i = 0; i < WindDirections.Length; i++)
                rows.Add(i == direction ? 1 : 0);
            AddCircle(rows, time.TimeOfDay.TotalDays);
            AddCircle(rows, time.DayOfYear / 365.25);
        }

        return rows.Count > 0 ? new(start, [.. rows]) : throw new InvalidDataException($"{path} has no hours.");

        InvalidDataException Mistake(string what, SepReader.Row row) => new($"{path}, line {row.LineNumberFrom}: {what}, found '{row.Span}'.");
    }

    /// <summary>A time as a place on a circle, whose end is its beginning. In double precision, so that all machines have the same floats.</summary>
    private static void AddCircle(List<float> row, double turns)
    {
        row.Add((float)Math.Sin(2 * Math.PI * turns));
        row.Add((float)Math.Cos(2 * Math.PI * turns));
    }
}
