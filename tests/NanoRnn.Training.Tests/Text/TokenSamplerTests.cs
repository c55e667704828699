using NanoRnn.Numerics;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Text;

/// <summary>Drawing, beside a plain form of it with the library's mathematical functions.</summary>
public class TokenSamplerTests
{
    public static TheoryData<double, int, double, int> Choices => new()
    {
        { 1, 0, 1, 0 }, { 0.7, 0, 1, 0 }, { 2.5, 0, 1, 2 }, { 1, 5, 1, 0 }, { 1, 1, 1, 3 }, { 0.5, 0, 0.6, 0 }, { 1, 0, 0.9, 2 }, { 1, 6, 0.8, 1 },
        { 1.5, 1000, 0.999, 0 }, { 1e-300, 0, 1, 0 }, { 0, 3, 0.5, 1 },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void DrawsAreThoseOfTheDefinition(double temperature, int topK, double topP, int firstToken)
    {
        const int Tokens = 13;
        var (numbers, uniform) = (new RandomGenerator(1), new RandomGenerator(42));
        var sampler = new TokenSampler(Tokens, seed: 42) { Temperature = temperature, TopK = topK, TopP = topP, FirstToken = firstToken };
        var fromLogits = new TokenSampler(Tokens, seed: 42) { Temperature = temperature, TopK = topK, TopP = topP, FirstToken = firstToken };
        var (probabilities, logits) = (new float[Tokens], new float[Tokens]);
        var drawn = new HashSet<int>();
        for (var draw = 0; draw < 3000; draw++)
        {
            for (var i = 0; i < Tokens; i++)
            {
                logits[i] = numbers.NextInt(5) == 0 ? float.NegativeInfinity : numbers.NextUniform(-3, 3);
                probabilities[i] = (float)Math.Exp(logits[i]);
            }

            logits[7] = 1;
            probabilities[7] = (float)Math.E;
            var place = temperature == 0 ? 0 : uniform.NextDouble();
            var token = sampler.Sample(probabilities);
            Assert.Equal(Plain(probabilities, temperature, topK, topP, firstToken, place), token);
            Assert.Equal(token, fromLogits.SampleFromLogits(logits));
            drawn.Add(token);
        }

        Assert.Equal(Enumerable.Range(firstToken, Tokens - firstToken), drawn.Order());
    }

    private static int Plain(float[] probabilities, double temperature, int topK, double topP, int firstToken, double place)
    {
        var scaled = probabilities.Select((p, i) => (Token: i, Weight: temperature == 0 ? p : Math.Pow(p / (double)probabilities.Skip(firstToken).Max(), 1 / temperature))).Skip(firstToken).ToArray();
        var ranked = scaled.OrderByDescending(item => item.Weight).ThenBy(item => item.Token).ToArray();
        if (temperature == 0)
            return ranked[0].Token;
        if (topK == 0 && topP == 1)
            ranked = scaled;
        if (topK > 0)
            ranked = [.. ranked.Take(topK)];
        var (total, kept) = (ranked.Sum(item => item.Weight), new List<(int Token, double Weight)>());
        foreach (var item in ranked)
        {
            if (kept.Count > 0 && topP < 1 && kept.Sum(other => other.Weight) >= topP * total)
                break;
            kept.Add(item);
        }

        var sum = 0.0;
        var goal = place * kept.Sum(item => item.Weight);
        return kept.First(item => (sum += item.Weight) > goal).Token;
    }

    [Fact]
    public void FrequenciesAreTheProbabilities()
    {
        var sampler = new TokenSampler(4, seed: 1);
        var counts = new int[4];
        for (var i = 0; i < 100_000; i++)
            counts[sampler.Sample([0.5f, 0, 0.2f, 0.3f])]++;
        Assert.InRange(counts[0], 49_300, 50_700);
        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[2], 19_400, 20_600);
    }

    /// <summary>Tokens that were drawn once; the same on every processor.</summary>
    [Fact]
    public void SeedsDrawTheSameTokensEverywhere()
    {
        var sampler = new TokenSampler(20, seed: 5) { Temperature = 0.8, TopK = 15, TopP = 0.95 };
        var logits = Enumerable.Range(0, 20).Select(i => (i * 7 % 20) / 5f).ToArray();
        int[] first = [.. Enumerable.Range(0, 15).Select(_ => sampler.SampleFromLogits(logits))];
        Assert.Equal("14 8 8 2 11 2 11 2 14 14 7 14 14 5 8", string.Join(' ', first));
        sampler.Reset(5);
        Assert.Equal(first, Enumerable.Range(0, 15).Select(_ => sampler.SampleFromLogits(logits)));
        sampler.Reset(6);
        Assert.NotEqual(first, Enumerable.Range(0, 15).Select(_ => sampler.SampleFromLogits(logits)));
    }

    [Fact]
    public void DrawingAllocatesNothing()
    {
        var sampler = new TokenSampler(1000) { Temperature = 0.9, TopK = 50, TopP = 0.9 };
        var probabilities = Enumerable.Range(1, 1000).Select(i => 1f / i).ToArray();
        sampler.Sample(probabilities);
        Assert.Equal(0, AllocatedBytes.Of(() => sampler.Sample(probabilities)));
        Assert.Equal(0, AllocatedBytes.Of(() => sampler.SampleFromLogits(probabilities)));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        var sampler = new TokenSampler(2);
        AssertMessage("Expected 2 numbers, one for each token, found 3", () => sampler.Sample([1, 2, 3]));
        AssertMessage("Token 1 has NaN", () => sampler.Sample([1, float.NaN]));
        AssertMessage("Token 0 has -1", () => sampler.Sample([-1, 1]));
        AssertMessage("Token 0 has Infinity", () => sampler.Sample([float.PositiveInfinity, 1]));
        AssertMessage("Token 1 has NaN", () => sampler.SampleFromLogits([1, float.NaN]));
        AssertMessage("Token 1 has Infinity", () => sampler.SampleFromLogits([1, float.PositiveInfinity]));
        foreach (var temperature in (double[])[0, 0.5, 1])
        {
            sampler.Temperature = temperature;
            AssertMessage("No token has a probability", () => sampler.Sample([0, 0]));
            AssertMessage("No token has a probability", () => sampler.SampleFromLogits([float.NegativeInfinity, float.NegativeInfinity]));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Temperature = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.TopP = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.TopK = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.FirstToken = 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(0));

        static void AssertMessage(string expected, Action action) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }
}
