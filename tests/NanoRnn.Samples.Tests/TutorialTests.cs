using System.Globalization;
using System.Text.RegularExpressions;
using Tutorials;

namespace NanoRnn.Samples.Tests;

public class TutorialTests
{
    [Fact]
    public void SumOfSequenceLearnsToAdd()
    {
        var text = Capture(SumOfSequence.Run);
        var losses = Numbers(text, @" - loss: (\S+)");
        Assert.Equal(100, losses.Length);
        Assert.InRange(losses[0], 5, 50);

        // A sum of ten such numbers varies by 10/12: a loss of a tenth of that knows most of it.
        Assert.InRange(losses[^1], 0, 0.08);
        var sequence = Regex.Match(text, @"Sequence:\s+(.*)").Groups[1].Value.Trim().Split(' ');
        Assert.Equal(10, sequence.Length);
        var trueSum = Number(text, @"True sum:\s+(\S+)");
        Assert.Equal(sequence.Sum(value => double.Parse(value, CultureInfo.InvariantCulture)), trueSum, 0.01);
        Assert.Equal(trueSum, Number(text, @"Predicted sum:\s+(\S+)"), 0.5);
    }

    [Fact]
    public void ParameterCountsAreThoseOfKeras()
    {
        var text = Capture(ParameterCounts.Run);
        Assert.Equal([2_600, 51, 10_400, 51], Numbers(text, @"\((?:SimpleRnn|Lstm|Dense)\)\s+\(None, \d+\)\s+(\S+)"));
        Assert.Equal([2_651, 10_451], Numbers(text, @"Total params: (\S+)"));
        Assert.Equal([2_600, 10_400, 51], Numbers(text, @"^\w+:.* = (\S+)$"));
        Assert.Contains("Models:    2,651 and 10,451", text, StringComparison.Ordinal);
        Assert.All(Numbers(text, @"Untrained .*: +(\S+)$"), value => Assert.InRange(value, -10, 10));
    }

    [Fact]
    public void OutputByHandIsThePrediction()
    {
        var text = Capture(OutputByHand.Run);
        var byHand = Number(text, @"By hand.*: (\S+)");
        Assert.Equal(byHand, Number(text, @"Predicted:\s+(\S+)"), 1e-5);

        // Once more, from the weights that the program shows.
        var wx = Weights("simple_rnn.kernel (1, 2)");
        var wh = Weights("simple_rnn.recurrent_kernel (2, 2)");
        var bh = Weights("simple_rnn.bias (2)");
        var wy = Weights("dense.kernel (2, 1)");
        var by = Weights("dense.bias (1)");
        var (h0, h1) = (0.0, 0.0);
        foreach (var x in (double[])[1, 2, 3])
            (h0, h1) = (x * wx[0] + h0 * wh[0] + h1 * wh[2] + bh[0], x * wx[1] + h0 * wh[1] + h1 * wh[3] + bh[1]);
        Assert.Equal(h0 * wy[0] + h1 * wy[1] + by[0], byHand, 0.01);

        double[] Weights(string tensor) =>
        [
            .. Regex.Match(text, $@"^{Regex.Escape(tensor)}\s+= \[(.*)\]", RegexOptions.Multiline).Groups[1].Value
                .Split(", ").Select(value => double.Parse(value, CultureInfo.InvariantCulture)),
        ];
    }

    [Fact]
    public void TrainAndTestGeneralises()
    {
        var text = Capture(TrainAndTest.Run);
        Assert.StartsWith("800 sequences to train, 200 to test.", text, StringComparison.Ordinal);
        var losses = Numbers(text, @" - loss: (\S+)");
        Assert.Equal(20, losses.Length);
        Assert.InRange(losses[^1], 0, 0.08);
        Assert.InRange(Number(text, @"Test loss: (\S+)"), 0, 0.08);
        var pairs = Regex.Matches(text, @"^\s+(\d\.\d+)\s+(\d\.\d+)\r?$", RegexOptions.Multiline);
        Assert.Equal(5, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal(Parse(pair.Groups[2].Value), Parse(pair.Groups[1].Value), 1.0));
    }

    private static string Capture(Action<TextWriter> tutorial)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        tutorial(writer);
        return writer.ToString();
    }

    private static double Number(string text, string pattern) => Assert.Single(Numbers(text, pattern));

    private static double[] Numbers(string text, string pattern) =>
        [.. Regex.Matches(text, pattern, RegexOptions.Multiline).Select(match => Parse(match.Groups[1].Value))];

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
