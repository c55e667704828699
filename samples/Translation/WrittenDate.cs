using NanoRnn;

namespace Translation;

/// <summary>A grammar of dates as people write them. Dots have the day first, slashes the month, so that none has two meanings.</summary>
public static class WrittenDate
{
    /// <summary>Two digits of a year are one of these hundred years.</summary>
    public static readonly DateOnly First = new(1950, 1, 1);

    public const int Years = 100;

    /// <summary>The longest is like "Wednesday, September 23rd, 1998".</summary>
    public const int MaxLength = 31;

    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>Writes a date in a way that the random numbers choose.</summary>
    public static string Write(DateOnly date, ref RandomGenerator random)
    {
        var month = Months[date.Month - 1];
        if (random.NextInt(3) == 0)
            month = month[..3];
        var day = random.NextInt(3) == 0 ? $"{date.Day}{Ordinal(date.Day)}" : $"{date.Day}";
        var year = random.NextInt(3) == 0 ? $"{date.Year % 100:00}" : $"{date.Year}";
        var written = random.NextInt(10) switch
        {
            0 or 1 => $"{day} {month} {year}",
            2 or 3 => $"{month} {day}, {year}",
            4 => $"{Weekday(date, ref random)} {day} {month} {year}",
            5 => $"{Weekday(date, ref random)}, {month} {day}, {year}",
            6 => $"{date.Day}.{date.Month}.{year}",
            7 => $"{date.Day:00}.{date.Month:00}.{year}",
            8 => $"{date.Month}/{date.Day}/{year}",
            _ => $"{date.Day:00}-{Months[date.Month - 1][..3]}-{year}",
        };
        return random.NextInt(4) == 0 ? written.ToLowerInvariant() : written;
    }

    private static string Weekday(DateOnly date, ref RandomGenerator random)
    {
        var name = date.DayOfWeek.ToString();
        return random.NextInt(2) == 0 ? name[..3] : name;
    }

    private static string Ordinal(int day) => day switch
    {
        1 or 21 or 31 => "st",
        2 or 22 => "nd",
        3 or 23 => "rd",
        _ => "th",
    };
}
