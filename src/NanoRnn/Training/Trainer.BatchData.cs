namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    /// <summary>
    /// A batch where it comes from, before its shards are in the workspace one after the other: sequences that lie one behind the other, or samples of a source.
    /// </summary>
    private readonly ref struct BatchData
    {
        /// <summary>Number of sequences.</summary>
        public required int Rows { get; init; }

        /// <summary>The samples that it is of, or null.</summary>
        public SampleSource? Source { get; init; }

        /// <summary>Their places in the source.</summary>
        public ReadOnlySpan<int> Places { get; init; }

        /// <summary>Inputs, or their tokens in the place of floats.</summary>
        public ReadOnlySpan<float> Inputs { get; init; }

        /// <summary>Targets, if they are floats.</summary>
        public ReadOnlySpan<float> Targets { get; init; }

        /// <summary>Targets, if they are classes or tokens.</summary>
        public ReadOnlySpan<int> Classes { get; init; }

        /// <summary>Lengths of the sequences, or none.</summary>
        public ReadOnlySpan<int> Lengths { get; init; }

        /// <summary>Weights of the sequences, or of their positions, or none.</summary>
        public ReadOnlySpan<float> SampleWeight { get; init; }

        /// <summary>A mistake in a sequence of the batch.</summary>
        public ArgumentException ToException(BatchMistake mistake, int row) => Source is null
            ? mistake.ToException($"sequence {row} of the batch", mistake.Parameter)
            : mistake.ToException($"sample {Source.NumberOf(Places[row])}", "training");
    }
}
