using NanoRnn.Reference;

namespace NanoRnn.Differential.Running.Checks;

/// <summary>A decoder's tokens are the likeliest ones, as the reference sees it.</summary>
internal sealed class DecoderCheck : ICheck
{
    private const int MaxTokens = 6;

    /// <summary>Two tokens that are as close as this, or as rounding moves them, may be taken for each other.</summary>
    private const double Tolerance = 1e-5, Int8Tolerance = 1e-2;

    public string? Find(TestCase test)
    {
        if (!test.Subject.HasDecoder)
            return null;
        var input = test.Input.Take(1);
        var decoder = test.Layers.OfType<DecoderDescription>().Single();
        var tokens = test.Subject.Generate(input, 0, MaxTokens, beamWidth: 1);

        // What comes behind the last token is of no matter.
        int[] target = [.. tokens, .. Enumerable.Repeat(decoder.EndToken, 1 + MaxTokens - tokens.Length)];
        var batch = input.ToReference(hasLengths: false) with { Targets = target };
        var computed = new LargestValue();
        var steps = Predict(computed);
        if (!computed.IsComparable)
            return null;
        var moved = Roundings.Move(test, Roundings.Of(test), Predict);
        var tolerance = test.Subject.Layout.Precision == Precision.Int8 ? Int8Tolerance : Tolerance;

        // With MaskZero token 0 is padding, which a decoder does not choose.
        var padding = test.Layers.SkipWhile(layer => layer is not DecoderDescription).OfType<EmbeddingDescription>().First().MaskZero ? 1 : 0;
        for (var i = 0; i < Math.Min(tokens.Length + 1, MaxTokens); i++)
        {
            var chosen = i < tokens.Length ? tokens[i] : decoder.EndToken;
            var likeliest = Enumerable.Range(padding, steps[i].Length - padding).MaxBy(token => steps[i][token]);
            var move = Roundings.Allowed * steps[i].Zip(moved[i], (a, b) => Math.Abs(a - b)).Max();
            if (chosen < padding || steps[i][chosen] < steps[i][likeliest] * (1 - tolerance) - move)
                return FormattableString.Invariant(
                    $"Generate: token {i} is {chosen} with the probability {steps[i][chosen]:G6}, but {likeliest} has {steps[i][likeliest]:G6}.");
        }

        return null;

        double[][] Predict(FunctionProbe probe) => [.. test.Reference.Predict(batch, probe).Values.Chunk(test.Reference.OutputSize)];
    }
}
