using NanoRnn;
using TextGeneration;

namespace Subwords;

/// <summary>Gives after every piece of a word the probability of each to be the next.</summary>
[RnnModel]
[Embedding(VocabularySize, 64)]
[Lstm(128, ReturnSequences = true)]
[Dense(VocabularySize, Activation = Activation.Softmax)]
public sealed partial class SubwordModel
{
    /// <summary>Pieces, padding and what is unknown.</summary>
    public const int VocabularySize = 512;

    /// <summary>Pieces of words that are frequent in a text as tokens.</summary>
    public static TextTokens LearnTokens(string text)
    {
        var tokenizer = BytePairs.Learn(text, Vocabulary.Unknown + 1, VocabularySize);
        return new(VocabularySize, part => [.. tokenizer.EncodeToIds(part)], token => tokenizer.Decode([token]));
    }
}
