namespace NanoRnn.CompilerServices;

/// <summary>
/// The bytes of every buffer of a trainer. There is one formula for them: this file is a part of the compiler, which makes constants of
/// it, and of the runtime, which takes buffers by it. Every buffer is a whole number of cache lines.
/// </summary>
internal sealed record TrainingMemory
{
    private const int CacheLine = 64;

    /// <summary>Floats of the packed weights that training changes.</summary>
    public required long TrainableLength { get; init; }

    /// <summary>Floats of moving averages.</summary>
    public long StatisticsLength { get; init; }

    /// <summary>Floats of the transposed copy.</summary>
    public required long TransposedLength { get; init; }

    /// <summary>Floats of all states of a sequence.</summary>
    public required long StateLength { get; init; }

    /// <summary>Numbers of one step of the input.</summary>
    public required long InputSize { get; init; }

    /// <summary>Numbers of the output, or of one step of it.</summary>
    public required long OutputSize { get; init; }

    /// <summary>Whether there is one output per step.</summary>
    public required bool ReturnsSequences { get; init; }

    /// <summary>Steps of the output, if the model sets them itself; else 0.</summary>
    public required int OutputSteps { get; init; }

    /// <summary>Whether there is a decoder.</summary>
    public required bool HasDecoder { get; init; }

    /// <summary>Whether targets of a decoder may not count.</summary>
    public required bool MasksTargets { get; init; }

    /// <summary>Whether some layer has the steps of the input in reversed order.</summary>
    public required bool ReversesTime { get; init; }

    /// <summary>Numbers of one target per output position.</summary>
    public required int TargetsPerPosition { get; init; }

    /// <summary>Numbers of a target that belongs to a whole sequence; 0 if targets belong to output positions.</summary>
    public int Labels { get; init; }

    /// <summary>Floats that the loss needs while it is computed.</summary>
    public long LossScratchLength { get; init; }

    /// <summary>Sequences that are computed together.</summary>
    public required int BatchSize { get; init; }

    public required int TimeSteps { get; init; }

    /// <summary>Steps of the decoder; 0 if there is none.</summary>
    public required int TargetSteps { get; init; }

    /// <summary>Steps from one kept state to the next; 0 to keep all.</summary>
    public required int CheckpointSteps { get; init; }

    /// <summary>Whether states go from batch to batch.</summary>
    public bool CarriesState { get; init; }

    /// <summary>Floats of the tape for all sequences and <see cref="TapeSteps"/>.</summary>
    public long TapeLength { get; init; }

    /// <summary>Numbers that the optimizer keeps for each weight.</summary>
    public int OptimizerSlots { get; init; }

    /// <summary>Bytes of what sums up the gradients of shards.</summary>
    public long Reduction { get; init; }

    /// <summary>Steps that are on the tape at the same time.</summary>
    public int TapeSteps => CheckpointSteps > 0 && CheckpointSteps < TimeSteps ? CheckpointSteps : TimeSteps;

    /// <summary>Ranges of steps that are on the tape one after the other.</summary>
    public int Ranges => (TimeSteps - 1) / TapeSteps + 1;

    /// <summary>Outputs of a sequence.</summary>
    public int Positions => !ReturnsSequences ? 1 : HasDecoder ? TargetSteps : OutputSteps > 0 ? OutputSteps : TimeSteps;

    public long Transposed => Bytes(TransposedLength);

    public long Gradients => Bytes(TrainableLength + 2 * StatisticsLength);

    public long Tape => Bytes(TapeLength);

    public long Inputs => Bytes((double)BatchSize * TimeSteps * InputSize);

    public long Outputs => Bytes((double)BatchSize * Positions * OutputSize);

    public long OutputGradients => Outputs;

    /// <summary>Numbers of the target of a sequence.</summary>
    public int TargetSize => Labels > 0 ? Labels : Positions * TargetsPerPosition;

    public long Targets => Bytes((double)BatchSize * (Labels > 0 ? Labels : (double)Positions * TargetsPerPosition));

    public long LossScratch => Bytes(LossScratchLength);

    /// <summary>What the decoder is given.</summary>
    public long TargetInputs => Bytes((double)BatchSize * TargetSteps);

    /// <summary>Which steps are skipped.</summary>
    public long Mask => Bytes((double)BatchSize * TimeSteps);

    /// <summary>The same in reversed order.</summary>
    public long ReversedMask => ReversesTime ? Mask : 0;

    public long Lengths => Bytes(BatchSize);

    /// <summary>Which targets of a decoder count.</summary>
    public long CountedTargets => MasksTargets ? TargetInputs : 0;

    /// <summary>Which steps of a decoder are skipped.</summary>
    public long TargetMask => MasksTargets ? TargetInputs : 0;

    /// <summary>
    /// States before each range: the first one's are zeros unless they are carried on from the batch before.
    /// </summary>
    public long States => Bytes((double)(Ranges - (CarriesState ? 0 : 1)) * BatchSize * StateLength);

    public long Optimizer => OptimizerSlots * Bytes(TrainableLength);

    /// <summary>What a batch itself takes: inputs, outputs, their gradients, targets, and which of them count.</summary>
    public long Batch => Inputs + Outputs + OutputGradients + Targets + TargetInputs + Mask + ReversedMask + Lengths +
        CountedTargets + TargetMask;

    public long Total => Transposed + Gradients + Tape + Batch + States + Optimizer + LossScratch + Reduction;

    /// <summary>The first buffer that is larger than one can be, with its bytes and the largest number of them; null if there is none.</summary>
    public (string Name, long Bytes, long Limit)? FindTooLarge()
    {
        const long Limit = BufferLimits.MaxFloats * sizeof(float) / CacheLine * CacheLine;
        (string Name, long Bytes)[] buffers =
        [
            ("inputs", Inputs), ("targets", Targets), ("outputs", Outputs), ("decoder's inputs", TargetInputs), ("states", States), ("tape", Tape), ("loss's alignments", LossScratch),
        ];
        foreach (var (name, bytes) in buffers)
            if (bytes > Limit)
                return (name, bytes, Limit);
        return null;
    }

    /// <summary>Whole cache lines; a number that no memory has where a product would overflow.</summary>
    private static long Bytes(double floats)
    {
        const long Limit = 1L << 50;
        return floats > Limit ? Limit * sizeof(float) : ((long)floats * sizeof(float) + CacheLine - 1) / CacheLine * CacheLine;
    }
}
