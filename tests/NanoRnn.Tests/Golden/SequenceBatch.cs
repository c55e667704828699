using NanoRnn.Reference;

namespace NanoRnn.Tests.Golden;

/// <summary>A batch of sequences of features or of tokens, which may have lengths of their own.</summary>
internal sealed record SequenceBatch(int TimeSteps, int InputSize, float[]? Features, int[]? Tokens, int[]? Lengths = null)
{
    public int Rows => (Features?.Length ?? Tokens!.Length) / (TimeSteps * InputSize);

    public static SequenceBatch Of(GoldenCase golden) => golden.TakesTokens
        ? new(golden.TimeSteps, 1, null, golden.CreateTokens(), golden.CreateLengths())
        : new(golden.TimeSteps, golden.InputSize, golden.CreateInputs(), null, golden.CreateLengths());

    public int LengthOf(int row) => Lengths?[row] ?? TimeSteps;

    public ReferenceBatch ToReference() =>
        (Tokens is null ? ReferenceBatch.Of(Features!, TimeSteps) : ReferenceBatch.Of(Tokens, TimeSteps)) with { Lengths = Lengths };
}
