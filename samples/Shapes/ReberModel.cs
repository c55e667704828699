using NanoRnn;

namespace Shapes;

/// <summary>Gives after every symbol the probability of each symbol to be the next.</summary>
[RnnModel]
[Embedding(8, 8)]
[Lstm(32, ReturnSequences = true)]
[Dense(8, Activation = Activation.Softmax)]
public sealed partial class ReberModel
{
    // What is less probable is not drawn: it would be a mistake now and then.
    private const float LeastProbability = 0.1f;

    /// <summary>Writes a string from its first symbol on: what has been drawn is the next input, until the end is drawn.</summary>
    /// <param name="random">Draws.</param>
    /// <param name="maxLength">Where to stop if the end does not come.</param>
    public string Generate(ref RandomGenerator random, int maxLength)
    {
        using var session = CreateSession();
        Span<float> probabilities = stackalloc float[OutputSize];
        for (var text = "B"; ;)
        {
            session.Step([ReberGrammar.Symbols.IndexOf(text[^1], StringComparison.Ordinal)], probabilities);
            var symbol = ReberGrammar.Symbols[Draw(probabilities, ref random)];
            if (symbol == ReberGrammar.End || text.Length == maxLength)
                return text;
            text += symbol;
        }
    }

    private static int Draw(Span<float> probabilities, ref RandomGenerator random)
    {
        var sum = 0f;
        foreach (ref var probability in probabilities)
        {
            if (probability < LeastProbability)
                probability = 0;
            sum += probability;
        }

        var place = random.NextFloat() * sum;
        var drawn = 0;
        for (var symbol = 0; symbol < probabilities.Length && place >= 0; symbol++)
        {
            if (probabilities[symbol] == 0)
                continue;
            drawn = symbol;
            place -= probabilities[symbol];
        }

        return drawn;
    }
}
