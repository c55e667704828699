using NanoRnn.Differential.Grammar;
using NanoRnn.Reference;

namespace NanoRnn.Differential.Running;

/// <summary>Sequences for a model: features or tokens, batch × time, and lengths of their own.</summary>
internal sealed record CaseInput(int Rows, int TimeSteps, int Size, float[]? Features, int[]? Tokens, int[] Lengths)
{
    /// <summary>Random sequences; steps that the model masks stand anywhere in them, and steps that nearly are.</summary>
    public static CaseInput Draw(Dice dice, IReadOnlyList<LayerDescription> layers, int inputSize, int rows, int timeSteps, int fewestSteps)
    {
        var lengths = new int[rows];
        foreach (ref var length in lengths.AsSpan())
            length = dice.Chance(0.3) ? timeSteps : fewestSteps + dice.Next(timeSteps - fewestSteps + 1);
        if (layers[0] is EmbeddingDescription embedding)
        {
            var tokens = new int[rows * timeSteps];
            foreach (ref var token in tokens.AsSpan())
                token = dice.Chance(0.2) ? 0 : dice.Next(embedding.Vocabulary);
            return new(rows, timeSteps, 1, null, tokens, lengths);
        }

        var features = dice.Floats(rows * timeSteps * inputSize, 1.5f);
        if (layers[0] is MaskingDescription masking)
            for (var step = 0; step < rows * timeSteps; step++)
                switch (dice.Next(6))
                {
                    case 0:
                        features.AsSpan(step * inputSize, inputSize).Fill(masking.MaskValue);
                        break;
                    case 1:
                        features.AsSpan(step * inputSize, dice.Next(inputSize)).Fill(masking.MaskValue);
                        break;
                }

        return new(rows, timeSteps, inputSize, features, null, lengths);
    }

    /// <summary>The first rows.</summary>
    public CaseInput Take(int rows) => this with
    {
        Rows = rows,
        Features = Features?[..(rows * TimeSteps * Size)],
        Tokens = Tokens?[..(rows * TimeSteps)],
        Lengths = Lengths[..rows],
    };

    public ReferenceBatch ToReference(bool hasLengths) =>
        (Features is null ? ReferenceBatch.Of(Tokens!, TimeSteps) : ReferenceBatch.Of(Features, TimeSteps)) with
        {
            Lengths = hasLengths ? Lengths : null,
        };
}
