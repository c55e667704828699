using NanoRnn;

namespace Sentiment;

/// <summary>Adds up a vector for each word of a sentence and for each pair of them, and tells how likely it is to be in favour.</summary>
[RnnModel]
[Embedding(VocabularySize, 16, MaskZero = true)]
[Dropout(0.5)]
[CustomRnn(nameof(Sum), 16)]
[Dropout(0.5)]
[Dense(1, Activation = Activation.Sigmoid)]
public sealed partial class SentimentModel
{
    /// <summary>The most words and pairs that are known.</summary>
    public const int VocabularySize = 60_000;

    /// <summary>The most words and pairs of a sentence in training.</summary>
    public const int MaxTerms = 80;

    [Cell]
    internal static CellDefinition Sum(CellBuilder cell)
    {
        var sum = cell.Previous("sum");
        return cell.Build((sum, sum + cell.Affine("term", useBias: false)));
    }
}
