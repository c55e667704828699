namespace NanoRnn.Fleet.Tests;

public sealed class AggregationTests
{
    private const int Length = 37;

    public static TheoryData<string> Names => new(Aggregations.Keys);

    private static Dictionary<string, Aggregation> Aggregations { get; } = new()
    {
        ["average"] = Aggregation.FederatedAverage,
        ["median"] = Aggregation.Median,
        ["trimmed"] = Aggregation.TrimmedMean(0.2),
    };

    [Fact]
    public void AverageIsWeightedBySamples()
    {
        var (rows, samples) = Updates(5);
        var result = Merge(Aggregation.FederatedAverage, rows, samples, [0, 1, 2, 3, 4]);
        for (var k = 0; k < Length; k++)
            Assert.Equal(Enumerable.Range(0, 5).Sum(i => (double)samples[i] * rows[i * Length + k]) / samples.Sum(n => n), result[k], 1e-7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void MedianAndTrimmedMeanAreThoseOfSortedValues(int count)
    {
        var (rows, samples) = Updates(count);
        int[] order = [.. Enumerable.Range(0, count)];
        var (median, trimmed) = (Merge(Aggregation.Median, rows, samples, order), Merge(Aggregation.TrimmedMean(0.25), rows, samples, order));
        for (var k = 0; k < Length; k++)
        {
            float[] sorted = [.. order.Select(i => rows[i * Length + k]).Order()];
            Assert.Equal((sorted[(count - 1) / 2] + (double)sorted[count / 2]) / 2, median[k], 1e-7);
            var cut = count / 4;
            Assert.Equal(sorted[cut..^cut].Average(value => (double)value), trimmed[k], 1e-7);
        }
    }

    /// <summary>Rows lie as updates came; they are gone through by names.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OrderOfArrivalDoesNotChangeABit(string name)
    {
        var (rows, samples) = Updates(11);
        int[] order = [.. Enumerable.Range(0, 11)];
        var expected = Merge(Aggregations[name], rows, samples, order);
        for (var seed = 0; seed < 20; seed++)
        {
            int[] places = [.. order];
            new Random(seed).Shuffle(places);
            var (arrived, counts) = (new float[rows.Length], new uint[11]);
            foreach (var i in order)
            {
                rows.AsSpan(i * Length, Length).CopyTo(arrived.AsSpan(places[i] * Length));
                counts[places[i]] = samples[i];
            }

            Assert.Equal(expected.Select(BitConverter.SingleToUInt32Bits), Merge(Aggregations[name], arrived, counts, places).Select(BitConverter.SingleToUInt32Bits));
        }
    }

    [Fact]
    public void MedianAndTrimmedMeanStayAmongTheHonest()
    {
        var (rows, samples) = Updates(10);
        for (var k = 0; k < 2 * Length; k++)
            rows[k] = k < Length ? 1e30f : -1e30f;
        int[] order = [.. Enumerable.Range(0, 10)];
        foreach (var result in (float[][])[Merge(Aggregation.Median, rows, samples, order), Merge(Aggregation.TrimmedMean(0.2), rows, samples, order)])
            Assert.All(result, value => Assert.InRange(value, -1, 1));
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Aggregation.TrimmedMean(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Aggregation.TrimmedMean(double.NaN));
        Assert.Throws<ArgumentException>(() => Merge(Aggregation.Median, new float[Length], [1], [1]));
    }

    private static (float[] Rows, uint[] Samples) Updates(int count)
    {
        var random = new Random(count);
        return ([.. Enumerable.Range(0, count * Length).Select(_ => 2 * random.NextSingle() - 1)], [.. Enumerable.Range(0, count).Select(_ => (uint)random.Next(1, 1000))]);
    }

    private static float[] Merge(Aggregation aggregation, float[] rows, uint[] samples, int[] order)
    {
        var result = new float[Length];
        aggregation.Merge(new(rows, samples, order, Length), result);
        return result;
    }
}
