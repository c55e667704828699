using NanoRnn.Reference;

namespace NanoRnn.Tests.Golden;

/// <summary>What a decoder makes by itself, against all the sequences that it could make.</summary>
public class DecodingTests
{
    private const int TimeSteps = 4;
    private const int MaxTokens = 4;
    private const int StartToken = 4;
    private const int EndToken = 5;

    /// <summary>A wide beam keeps every sequence of so few tokens.</summary>
    private const int EveryBeam = 64;

    /// <summary>Models that make tokens of floats: one that knows the encoder's last state, one that attends to its steps.</summary>
    private static readonly Dictionary<string, Func<int, TestedModel>> Models = new()
    {
        ["Describer"] = seed =>
        {
            var model = new Describer(seed);
            return new(typeof(Describer), model.Weights, model.Generate, model.Generate);
        },
        ["AdditiveDescriber"] = seed =>
        {
            var model = new AdditiveDescriber(seed);
            return new(typeof(AdditiveDescriber), model.Weights, model.Generate, model.Generate);
        },
    };

    public static TheoryData<string, int> Seeds
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in Models.Keys)
                for (var seed = 1; seed <= 12; seed++)
                    data.Add(name, seed);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void GreedyDecodingTakesTheMostProbableTokenOfEachStep(string name, int seed)
    {
        var (model, reference, source) = Create(name, seed);
        var expected = new List<int>();
        while (expected.Count < MaxTokens)
        {
            var probabilities = Probabilities(reference, source, [.. expected, 0]);
            var best = Array.IndexOf(probabilities[^1], probabilities[^1].Max());
            if (best == EndToken)
                break;
            expected.Add(best);
        }

        Assert.Equal(expected, Generate(model, source, beamWidth: 1));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ABeamOfAllSequencesFindsTheMostProbable(string name, int seed)
    {
        var (model, reference, source) = Create(name, seed);
        var best = Targets([]).MaxBy(target => Probability(reference, source, target));

        // Of three tokens there are more sequences than the beam is wide: the least probable ones fall out.
        Assert.Equal(best!.SkipLast(1), Generate(model, source, EveryBeam));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AWiderBeamIsAsProbableOrMore(string name, int seed)
    {
        var (model, reference, source) = Create(name, seed);
        var last = 0.0;
        foreach (var width in new[] { 1, EveryBeam })
        {
            var tokens = Generate(model, source, width);
            if (tokens.Length == MaxTokens)
                continue;
            var probability = Probability(reference, source, [.. tokens, EndToken]);
            Assert.True(probability >= last * (1 - 1e-5), $"A beam of {width} is less probable: {probability}, not {last}.");
            last = probability;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ASamplerDrawsAsOftenAsTheTokensAreProbable(string name, int seed)
    {
        const int Draws = 3000;
        var (model, reference, source) = Create(name, seed);
        var (sampler, first, output) = (new TokenSampler(Describer.OutputSize, seed), new int[Describer.OutputSize], new int[MaxTokens]);
        for (var i = 0; i < Draws; i++)
        {
            var count = model.Sample(source, output, sampler);
            first[count == 0 ? EndToken : output[0]]++;
        }

        // Three standard deviations and a half: with 144 frequencies one may be so far off.
        foreach (var (expected, actual) in Probabilities(reference, source, [0])[0].Zip(first))
            Assert.Equal(expected, actual / (double)Draws, 3.5 * Math.Sqrt(expected * (1 - expected) / Draws) + 1e-3);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ASamplerOfTheLikeliestTokenIsGreedy(string name, int seed)
    {
        var (model, _, source) = Create(name, seed);
        var output = new int[MaxTokens];
        var sampler = new TokenSampler(Describer.OutputSize) { Temperature = 0 };
        Assert.Equal(Generate(model, source, beamWidth: 1), output[..model.Sample(source, output, sampler)]);
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        var model = new Describer();
        var output = new int[3];
        Assert.Contains("multiple of the 2 floats", Assert.Throws<ArgumentException>(() => model.Generate(new float[3], output)).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => model.Generate([], output)).Message, StringComparison.Ordinal);
        Assert.Contains("no place", Assert.Throws<ArgumentException>(() => model.Generate(new float[2], [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Generate(new float[2], output, beamWidth: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Generate(new float[2], output, beamWidth: 65));
        Assert.Equal(
            "The sampler draws from 7 tokens; the target has 6. (Parameter 'sampler')",
            Assert.Throws<ArgumentException>(() => model.Generate(new float[2], output, new TokenSampler(7))).Message);
        Assert.Throws<ArgumentNullException>("sampler", () => model.Generate(new float[2], output, sampler: null!));
        Assert.Contains("at least 3 time steps, found 2", Assert.Throws<ArgumentException>(() => new AdditiveDescriber().Generate(new float[4], output)).Message, StringComparison.Ordinal);
    }

    private static int[] Generate(TestedModel model, float[] source, int beamWidth)
    {
        var output = new int[MaxTokens];
        return output[..model.Generate(source, output, beamWidth)];
    }

    private static (TestedModel Model, ReferenceNetwork Reference, float[] Source) Create(string name, int seed)
    {
        var model = Models[name](seed);
        var reference = new ReferenceNetwork(model.Type);
        foreach (var tensor in reference.Tensors)
        {
            // Large weights, so that tokens differ in probability.
            var weights = GoldenFormula.Uniform($"decoding/{seed}/{tensor.Name}", tensor.Values.Length, 2.5);
            model.Weights[tensor.Name].CopyFrom(weights);
            weights.Select(weight => (double)weight).ToArray().CopyTo(tensor.Values, 0);
        }

        return (model, reference, GoldenFormula.Inputs($"decoding/{seed}", TimeSteps * Describer.InputSize));
    }

    /// <summary>The probabilities of all tokens at each step of a target.</summary>
    private static double[][] Probabilities(ReferenceNetwork reference, float[] source, int[] target)
    {
        Assert.Equal(StartToken + 1, EndToken);
        return [.. reference.Predict(ReferenceBatch.Of(source, TimeSteps) with { Targets = target }).Values.Chunk(Describer.OutputSize)];
    }

    private static double Probability(ReferenceNetwork reference, float[] source, int[] target) =>
        Probabilities(reference, source, target).Select((probabilities, step) => probabilities[target[step]]).Aggregate(1.0, (a, b) => a * b);

    /// <summary>All targets of up to <see cref="MaxTokens"/> tokens, the one that ends them included.</summary>
    private static IEnumerable<int[]> Targets(int[] start)
    {
        yield return [.. start, EndToken];
        if (start.Length + 1 == MaxTokens)
            yield break;
        foreach (var target in Enumerable.Range(0, EndToken).SelectMany(token => Targets([.. start, token])))
            yield return target;
    }

    private delegate int Generation(ReadOnlySpan<float> source, Span<int> output, int beamWidth = 1);

    private delegate int Sampling(ReadOnlySpan<float> source, Span<int> output, TokenSampler sampler);

    private sealed record TestedModel(Type Type, WeightCollection Weights, Generation Generate, Sampling Sample);
}
