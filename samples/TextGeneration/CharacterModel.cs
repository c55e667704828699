using NanoRnn;

namespace TextGeneration;

/// <summary>Gives after every character the probability of each to be the next.</summary>
[RnnModel]
[Embedding(VocabularySize, 32)]
[Lstm(128, ReturnSequences = true)]
[Dense(VocabularySize, Activation = Activation.Softmax)]
public sealed partial class CharacterModel
{
    /// <summary>The 65 characters of the plays, padding and what is unknown.</summary>
    public const int VocabularySize = 67;

    /// <summary>Bits per character of unseen text that the same network needs after the same training by PyTorch.</summary>
    public const double Reference = 2.300;

    /// <summary>A model whose characters' vectors begin as PyTorch's, normal with deviation 1: at Keras's ±0.05 they take an epoch to be told apart.</summary>
    public static CharacterModel Create(int seed)
    {
        var model = new CharacterModel(seed);
        var (vectors, random) = (model.Weights["embedding.embeddings"], new RandomGenerator((uint)seed));
        for (var i = 0; i < vectors.Count; i++)
            vectors[i] = (float)random.NextNormal();
        return model;
    }

    /// <summary>The characters of a text as tokens.</summary>
    public static TextTokens LearnTokens(string text)
    {
        var vocabulary = Vocabulary.FromCharacters(text, VocabularySize);
        return new(VocabularySize, vocabulary.Encode, token => vocabulary[token]);
    }
}
