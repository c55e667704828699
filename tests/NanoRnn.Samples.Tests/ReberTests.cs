using Shapes;

namespace NanoRnn.Samples.Tests;

public class ReberTests
{
    private static readonly ReberResult Result = Reber.Run(TextWriter.Null);

    [Fact]
    public void KnowsWhatIsLegalAtEveryPosition()
    {
        Assert.Equal(500, Result.Unseen.Length);
        Assert.Equal(Result.Unseen.Sum(text => text.Length), Result.Positions);
        Assert.Equal(Result.Positions, Result.Right);
        Assert.InRange(Result.Worst, 0, 0.02);
    }

    [Fact]
    public void RemembersTheSecondSymbolToTheEnd()
    {
        foreach (var text in Result.Unseen)
        {
            // The same inner part in the other frame ends otherwise.
            foreach (var first in "TP")
                Assert.Equal(first, PredictNext($"B{first}{text[2..^2]}"));
        }
    }

    [Fact]
    public void WritesStringsOfTheGrammar()
    {
        Assert.Equal(1000, Result.Written.Length);
        Assert.All(Result.Written, text => Assert.True(ReberGrammar.Accepts(text), text));
        Assert.InRange(Result.Written.Distinct().Count(), 150, 1000);
        Assert.InRange(Result.Written.Count(text => text[1] == 'T'), 400, 600);
    }

    [Theory]
    [InlineData("BTBTXSETE", true)]
    [InlineData("BPBPVVEPE", true)]
    [InlineData("BTBTSSXXTVVETE", true)]
    [InlineData("BTBTXSEPE", false)]
    [InlineData("BTBTXSET", false)]
    [InlineData("BTBTXSETEE", false)]
    [InlineData("BTBTXSETE.", false)]
    [InlineData("BXBTXSEXE", false)]
    [InlineData("BTBSXSETE", false)]
    [InlineData("", false)]
    public void GrammarIsFahlmans(string text, bool isLegal) => Assert.Equal(isLegal, ReberGrammar.Accepts(text));

    private static char PredictNext(string beginning)
    {
        using var session = Result.Model.CreateSession();
        var probabilities = new float[ReberModel.OutputSize];
        foreach (var symbol in beginning)
            session.Step([ReberGrammar.Symbols.IndexOf(symbol, StringComparison.Ordinal)], probabilities);
        return ReberGrammar.Symbols[probabilities.IndexOf(probabilities.Max())];
    }
}
