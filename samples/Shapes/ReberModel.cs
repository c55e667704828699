using NanoRnn;

namespace Shapes;

/// <summary>Gives after every symbol the probability of each symbol to be the next.</summary>
[RnnModel]
[Embedding(8, 8)]
[Lstm(32, ReturnSequences = true)]
[Dense(8, Activation = Activation.Softmax)]
public sealed partial class ReberModel
{
    /// <summary>Writes a string from its first symbol on: what has been drawn is the next input, until the end is drawn.</summary>
    /// <param name="sampler">Draws.</param>
    /// <param name="maxLength">Where to stop if the end does not come.</param>
    public string Generate(TokenSampler sampler, int maxLength)
    {
        using var session = CreateSession();
        Span<float> probabilities = stackalloc float[OutputSize];
        for (var text = "B"; ;)
        {
            session.Step([ReberGrammar.Symbols.IndexOf(text[^1], StringComparison.Ordinal)], probabilities);
            var symbol = ReberGrammar.Symbols[sampler.Sample(probabilities)];
            if (symbol == ReberGrammar.End || text.Length == maxLength)
                return text;
            text += symbol;
        }
    }
}
