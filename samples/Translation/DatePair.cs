using System.Globalization;
using NanoRnn;

namespace Translation;

/// <summary>A date in both ways.</summary>
public readonly record struct DatePair(string Written, string Iso)
{
    /// <summary>
    /// Pairs to learn from and pairs to test with. No date of the test is among those to learn from, in whatever way it is written.
    /// </summary>
    public static (DatePair[] Training, DatePair[] Test) Create(int trainingCount, int testCount, ulong seed)
    {
        var random = new RandomGenerator(seed);
        var days = new int[WrittenDate.First.AddYears(WrittenDate.Years).DayNumber - WrittenDate.First.DayNumber];
        for (var i = 0; i < days.Length; i++)
            days[i] = i;
        random.Shuffle<int>(days);

        var test = new DatePair[testCount];
        for (var i = 0; i < testCount; i++)
            test[i] = Create(days[i], ref random);
        var training = new DatePair[trainingCount];
        for (var i = 0; i < trainingCount; i++)
            training[i] = Create(days[testCount + random.NextInt(days.Length - testCount)], ref random);
        return (training, test);
    }

    /// <summary>The pairs as tokens, with the length of each written date.</summary>
    public static SequenceDataset ToDataset(DatePair[] pairs)
    {
        var sources = new int[pairs.Length * WrittenDate.MaxLength];
        var targets = new int[pairs.Length * DateTokens.IsoSteps];
        var lengths = new int[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            lengths[i] = DateTokens.EncodeWritten(pairs[i].Written, sources.AsSpan(i * WrittenDate.MaxLength, WrittenDate.MaxLength));
            DateTokens.EncodeIso(pairs[i].Iso, targets.AsSpan(i * DateTokens.IsoSteps, DateTokens.IsoSteps));
        }

        return new SequenceDataset(sources, targets, WrittenDate.MaxLength, DateTokens.IsoSteps, lengths);
    }

    private static DatePair Create(int day, ref RandomGenerator random)
    {
        var date = WrittenDate.First.AddDays(day);
        return new(WrittenDate.Write(date, ref random), date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
