using System.Text;
using NanoRnn;

namespace Sentiment;

/// <summary>A sentence of a film review.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="IsFavourable">Whether the review is in favour of the film.</param>
public sealed record Review(string Text, bool IsFavourable)
{
    /// <param name="favourablePath">A sentence a line, in Latin-1.</param>
    /// <param name="unfavourablePath">The same of the other reviews.</param>
    /// <exception cref="InvalidDataException">There is no sentence in a file, or none in a line.</exception>
    public static Review[] Load(string favourablePath, string unfavourablePath)
    {
        return [.. Read(favourablePath, true), .. Read(unfavourablePath, false)];

        static IEnumerable<Review> Read(string path, bool isFavourable)
        {
            var lines = File.ReadAllLines(path, Encoding.Latin1);
            if (Array.FindIndex(lines, string.IsNullOrWhiteSpace) is >= 0 and var line || (line = lines.Length) == 0)
                throw new InvalidDataException($"{path}, line {line + 1}: expected a sentence, found none.");
            return lines.Select(text => new Review(text, isFavourable));
        }
    }

    /// <summary>Cuts reviews in two at random, nine tenths to learn from and the others to test with.</summary>
    public static (Review[] Training, Review[] Test) Split(Review[] reviews, int seed)
    {
        Review[] shuffled = [.. reviews];
        new RandomGenerator((uint)seed).Shuffle<Review>(shuffled);
        var count = reviews.Length * 9 / 10;
        return (shuffled[..count], shuffled[count..]);
    }

    /// <summary>The terms of each review; the target is 1 for one that is in favour.</summary>
    public static SequenceDataset ToDataset(Review[] reviews, Vocabulary vocabulary)
    {
        var terms = Array.ConvertAll(reviews, review => vocabulary.Encode(review.Text));
        return new SequenceDataset(
            SequencePadding.PadSequences(terms, SentimentModel.MaxTerms, PaddingSide.Post, PaddingSide.Post),
            Array.ConvertAll(reviews, review => review.IsFavourable ? 1f : 0f), SentimentModel.MaxTerms, targetSize: 1);
    }
}
