using NanoRnn.Reference;

namespace NanoRnn.Differential.Running.Checks;

/// <summary>A decoder's tokens are the likeliest ones, as the reference sees it.</summary>
internal sealed class DecoderCheck : ICheck
{
    private const int MaxTokens = 6;

    /// <summary>Two tokens that are as close as this may be taken for each other.</summary>
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
        var steps = test.Reference.Predict(input.ToReference(hasLengths: false) with { Targets = target }).Values.Chunk(test.Reference.OutputSize).ToArray();
        var tolerance = test.Subject.Layout.Precision == Precision.Int8 ? Int8Tolerance : Tolerance;

        // A decoder may choose padding; what it is given as its next input then is no step to the reference.
        var padding = decoder.EndToken == 0 ? -1 : Array.IndexOf(tokens, 0);
        var compared = padding >= 0 ? padding + 1 : Math.Min(tokens.Length + 1, MaxTokens);
        for (var i = 0; i < compared; i++)
        {
            var chosen = i < tokens.Length ? tokens[i] : decoder.EndToken;
            if (steps[i][chosen] < steps[i].Max() * (1 - tolerance))
                return FormattableString.Invariant(
                    $"Generate: token {i} is {chosen} with the probability {steps[i][chosen]:G6}, but {Array.IndexOf(steps[i], steps[i].Max())} has {steps[i].Max():G6}.");
        }

        return null;
    }
}
