using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Subwords;

/// <summary>Learns pieces of words from a text: byte pair encoding (Sennrich et al. 2016).</summary>
public static partial class BytePairs
{
    /// <summary>
    /// Begins with the text's characters and joins the two pieces that stand side by side most often to a new one, until there are enough.
    /// </summary>
    /// <param name="text">A text of ASCII characters.</param>
    /// <param name="firstToken">The token of the first piece.</param>
    /// <param name="endToken">The token behind that of the last one.</param>
    /// <exception cref="InvalidDataException">The text has not so many different pieces.</exception>
    public static BpeTokenizer Learn(string text, int firstToken, int endToken)
    {
        var words = Words().Matches(text).CountBy(word => word.Value).Select(word => (Pieces: word.Key.Select(Mark).ToList(), word.Value)).ToArray();
        var (terms, merges) = (text.Distinct().Order().Select(Mark).ToList(), new List<string>());
        while (terms.Count < endToken - firstToken)
        {
            if (FindMostFrequentPair(words) is not (var first, var second))
                throw new InvalidDataException($"Expected a text of {endToken - firstToken} pieces or more, found {terms.Count}.");
            foreach (var (pieces, _) in words)
                Join(pieces, first, second);
            merges.Add($"{first} {second}");
            if (!terms.Contains(first + second))
                terms.Add(first + second);
        }

        return BpeTokenizer.Create(new BpeOptions(terms.Select((term, i) => KeyValuePair.Create(term, firstToken + i)))
        {
            Merges = merges,
            PreTokenizer = new RegexPreTokenizer(Words(), specialTokens: null),
            ByteLevel = true,
        });
    }

    /// <summary>Of pairs that are equally frequent, the one whose characters come first; null if no word has two pieces.</summary>
    private static (string First, string Second)? FindMostFrequentPair((List<string> Pieces, int Count)[] words)
    {
        var counts = new Dictionary<(string First, string Second), int>();
        foreach (var (pieces, count) in words)
        {
            foreach (var pair in pieces.Zip(pieces.Skip(1)))
                CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _) += count;
        }

        return counts.Count == 0 ? null : counts.OrderByDescending(pair => pair.Value).ThenBy(pair => $"{pair.Key.First} {pair.Key.Second}", StringComparer.Ordinal).First().Key;
    }

    private static void Join(List<string> pieces, string first, string second)
    {
        for (var i = 0; i + 1 < pieces.Count; i++)
        {
            if (pieces[i] == first && pieces[i + 1] == second)
            {
                pieces[i] += second;
                pieces.RemoveAt(i + 1);
            }
        }
    }

    /// <summary>How the tokenizer writes a character where pieces are of bytes: white space must be seen.</summary>
    private static string Mark(char character) => character switch { ' ' => "Ġ", '\n' => "Ċ", _ => $"{character}" };

    /// <summary>What pieces do not go beyond: words, with the space before them, and every other character.</summary>
    [GeneratedRegex(@" ?\p{L}+|\P{L}")]
    private static partial Regex Words();
}
