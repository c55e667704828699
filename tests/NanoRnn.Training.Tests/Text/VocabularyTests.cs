using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Text;

public sealed class VocabularyTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void WordsAreThoseOfKeras()
    {
        // TextVectorization().adapt(…): standardize="lower_and_strip_punctuation", split="whitespace".
        var vocabulary = Vocabulary.FromWords(["The cat, the DOG -- and", "don't!  the\tcat\n"]);
        Assert.Equal(["", "[UNK]", "the", "cat", "and", "dog", "dont"], Terms(vocabulary));
        Assert.Equal([2, 5, 1, 6, 3], vocabulary.Encode("The Dog bites: don't, cat."));
        Assert.Equal("the dog [UNK] dont cat", vocabulary.Decode([2, 5, 0, 1, 6, 3, 0, 0]));
        Assert.Equal([], vocabulary.Encode(" -- "));
        Assert.Equal("", vocabulary.Decode([0, 0]));
    }

    [Fact]
    public void CharactersAreScalarValues()
    {
        const string Text = "aab 😀\n😀B";
        var vocabulary = Vocabulary.FromCharacters(Text);
        Assert.Equal(["", "[UNK]", "a", "😀", "\n", " ", "B", "b"], Terms(vocabulary));
        Assert.Equal([2, 2, 7, 5, 3, 4, 3, 6], vocabulary.Encode(Text));
        Assert.Equal(Text, vocabulary.Decode(vocabulary.Encode(Text)));
        Assert.Equal([1, 3, 1], vocabulary.Encode("\ud83d😀x"));
    }

    [Fact]
    public void LimitsKeepTheMostFrequentTerms()
    {
        string[] texts = ["b a c b", "b d c"];
        Assert.Equal(["", "[UNK]", "b", "c"], Terms(Vocabulary.FromWords(texts, maxTokens: 4)));
        Assert.Equal(["", "[UNK]", "b", "c"], Terms(Vocabulary.FromTexts(texts, new VocabularyOptions { MinCount = 2 })));
        Assert.Equal(2, Vocabulary.FromWords(texts, maxTokens: 2).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new VocabularyOptions { MaxTokens = 1 });
    }

    [Fact]
    public void GroupsOfWordsAndCharacters()
    {
        var words = Vocabulary.FromTexts(["new york is new", "New York"], new VocabularyOptions { NGrams = 2, MinCount = 2 });
        Assert.Equal(["", "[UNK]", "new", "new york", "york"], Terms(words));
        Assert.Equal([2, 4, 2, 3, 1], words.Encode("new york, new"));

        var characters = Vocabulary.FromTexts(
            ["abab"], new VocabularyOptions { Split = TextSplit.Character, Standardize = TextStandardization.None, NGrams = 3 });
        Assert.Equal(["", "[UNK]", "a", "ab", "b", "aba", "ba", "bab"], Terms(characters));
        Assert.Equal([2, 4, 2, 3, 6, 5], characters.Encode("aba"));
        Assert.Equal("a ab", characters.Decode([2, 3]));
    }

    [Fact]
    public void StandardizationIsChosen()
    {
        Assert.Equal(["", "[UNK]", "A-b"], Terms(Create(TextStandardization.None)));
        Assert.Equal(["", "[UNK]", "a-b"], Terms(Create(TextStandardization.Lower)));
        Assert.Equal(["", "[UNK]", "Ab"], Terms(Create(TextStandardization.StripPunctuation)));
        var punctuation = string.Concat(Enumerable.Range(0, 128).Select(i => (char)i).Where(c => !char.IsAsciiLetterOrDigit(c) && c > ' ' && c < 127));
        Assert.Equal(32, punctuation.Length);
        Assert.Equal([2], Create(TextStandardization.StripPunctuation).Encode($"A{punctuation}b"));

        static Vocabulary Create(TextStandardization standardize) => Vocabulary.FromTexts(["A-b"], new VocabularyOptions { Standardize = standardize });
    }

    [Fact]
    public void LongTermsAreUnknown()
    {
        var (longest, tooLong) = (new string('a', Vocabulary.MaxTermLength), new string('b', Vocabulary.MaxTermLength + 1));
        var vocabulary = Vocabulary.FromWords([$"{longest} {tooLong} c"]);
        Assert.Equal(["", "[UNK]", longest, "c"], Terms(vocabulary));
        Assert.Equal([1, 2, 1], vocabulary.Encode($"{tooLong} {longest} {longest}a"));
    }

    [Fact]
    public void EncodingAndDecodingAllocateNothing()
    {
        var vocabulary = Vocabulary.FromTexts(["the cat sat on the mat"], new VocabularyOptions { NGrams = 2 });
        var (tokens, text) = (new int[20], new char[200]);
        var count = vocabulary.Encode("The cat, a mat", tokens);
        Assert.Equal(7, count);
        Assert.Equal(0, AllocatedBytes.Of(() => vocabulary.Encode("The cat, a mat", tokens)));
        Assert.Equal(0, AllocatedBytes.Of(() => vocabulary.CountTokens("The cat, a mat")));
        var length = vocabulary.Decode(tokens.AsSpan(0, count), text);
        Assert.Equal("the cat [UNK] mat the cat [UNK] [UNK]", new string(text, 0, length));
        Assert.Equal(0, AllocatedBytes.Of(() => vocabulary.Decode(tokens.AsSpan(0, 7), text)));
    }

    [Fact]
    public void FilesKeepEverything()
    {
        foreach (var vocabulary in (Vocabulary[])
        [
            Vocabulary.FromCharacters("a\r\n\\b é😀\ud83d x\u2028\udc00"),
            Vocabulary.FromTexts(["b a", "a \\u0041"], new VocabularyOptions { NGrams = 3, Standardize = TextStandardization.Lower }),
            Vocabulary.FromWords([]),
        ])
        {
            vocabulary.Save(_path);
            AssertEqual(vocabulary, Vocabulary.Load(_path));

            // As a version control system may check it out elsewhere.
            File.WriteAllText(_path, File.ReadAllText(_path).Replace("\n", "\r\n", StringComparison.Ordinal));
            AssertEqual(vocabulary, Vocabulary.Load(_path));
        }

        static void AssertEqual(Vocabulary expected, Vocabulary found)
        {
            Assert.Equal(Terms(expected), Terms(found));
            Assert.Equal(
                (expected.Options.Split, expected.Options.Standardize, expected.Options.NGrams),
                (found.Options.Split, found.Options.Standardize, found.Options.NGrams));
        }
    }

    [Theory]
    [InlineData("", "line 1: expected \"# NanoRnn vocabulary 1")]
    [InlineData("# NanoRnn vocabulary 1, split 2, standardize 3, ngrams 1\n", "line 1: expected")]
    [InlineData("# NanoRnn vocabulary 1, split 0, standardize 3, ngrams 0\n", "line 1: expected")]
    [InlineData("# NanoRnn vocabulary 1, split 0, standardize 3, ngrams 1\na\nb", "line 3: expected a line break at its end")]
    [InlineData("# NanoRnn vocabulary 1, split 0, standardize 3, ngrams 1\na\n\\n\n", "line 3: expected \\u and four")]
    [InlineData("# NanoRnn vocabulary 1, split 0, standardize 3, ngrams 1\na\n\n", "Term 1 has 0 characters")]
    [InlineData("# NanoRnn vocabulary 1, split 0, standardize 3, ngrams 1\na\na\n", "Term 1, \"a\", is there twice")]
    public void DamagedFilesAreRefused(string text, string expected)
    {
        File.WriteAllText(_path, text);
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => Vocabulary.Load(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MistakesAreNamed()
    {
        File.WriteAllBytes(_path, [0xff, 0xfe]);
        Assert.Contains("expected UTF-8", Assert.Throws<ModelFileException>(() => Vocabulary.Load(_path)).Message, StringComparison.Ordinal);
        var vocabulary = Vocabulary.FromWords(["a b"]);
        Assert.Contains(
            "room for 3 tokens, found 2",
            Assert.Throws<ArgumentException>(() => vocabulary.Encode("a b c", new int[2])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "room for 3 characters, found 2",
            Assert.Throws<ArgumentException>(() => vocabulary.Decode([2, 3], new char[2])).Message, StringComparison.Ordinal);
        Assert.Contains("The tokens are 0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([4])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary[-1]);
    }

    private static IEnumerable<string> Terms(Vocabulary vocabulary) => Enumerable.Range(0, vocabulary.Count).Select(token => vocabulary[token]);
}
