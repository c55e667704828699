namespace NanoRnn;

/// <summary>Slots for samples of one kind.</summary>
internal sealed class SequencePool
{
    private readonly float[] _inputs;
    private readonly int[] _tokens;
    private readonly float[] _targets;
    private readonly int[] _targetTokens;
    private readonly int[] _lengths;
    private readonly float[] _weights;

    /// <param name="kind">A dataset of such samples.</param>
    /// <param name="slots">How many there is room for.</param>
    /// <exception cref="InvalidOperationException">They have no targets.</exception>
    public SequencePool(SequenceDataset kind, int slots)
    {
        if (!kind.HasTargets)
            throw new InvalidOperationException("The stream's samples have no targets.");
        var (steps, size, target) = (kind.TimeSteps, kind.InputSize, kind.TargetSize);
        _inputs = new float[kind.HasTokens ? 0 : checked(slots * steps * size)];
        _tokens = new int[kind.HasTokens ? checked(slots * steps) : 0];
        _targets = new float[kind.HasTargetTokens ? 0 : checked(slots * target)];
        _targetTokens = new int[kind.HasTargetTokens ? checked(slots * target) : 0];
        _lengths = new int[kind.HasLengths ? slots : 0];
        _lengths.AsSpan().Fill(steps);
        _weights = new float[checked(slots * kind.SampleWeightLength)];
        Samples = (kind.HasTokens, kind.HasTargetTokens) switch
        {
            (false, false) => new SequenceDataset(_inputs, _targets, steps, size, target, _lengths),
            (false, true) => new SequenceDataset(_inputs, _targetTokens, steps, size, target, _lengths),
            (true, false) => new SequenceDataset(_tokens, _targets, steps, target, _lengths),
            (true, true) => new SequenceDataset(_tokens, _targetTokens, steps, target, _lengths),
        };
        if (kind.HasSampleWeight)
            Samples = Samples.WithSampleWeight(_weights);
    }

    /// <summary>What is in the slots.</summary>
    public SequenceDataset Samples { get; }

    /// <summary>Copies a sample of a part into a slot.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public void Store(SequenceDataset part, int partNumber, int sample, int slot)
    {
        if (KindOf(part) != KindOf(Samples))
        {
            throw new InvalidOperationException(
                $"Part {partNumber} of the stream has {Describe(part)}; expected what the first part has, {Describe(Samples)}.");
        }

        var (inputLength, targetLength) = (part.TimeSteps * part.InputSize, part.TargetSize);
        if (part.HasTokens)
            part.CopyTokens(sample, _tokens.AsSpan(slot * inputLength, inputLength));
        else
            part.CopyInput(sample, _inputs.AsSpan(slot * inputLength, inputLength));
        if (part.HasTargetTokens)
            part.CopyTargetTokens(sample, _targetTokens.AsSpan(slot * targetLength, targetLength));
        else
            part.CopyTarget(sample, _targets.AsSpan(slot * targetLength, targetLength));
        if (part.HasLengths)
            _lengths[slot] = part.GetLength(sample);
        if (part.HasSampleWeight)
            part.GetSampleWeight(sample).CopyTo(_weights.AsSpan(slot * part.SampleWeightLength));
    }

    private static (int TimeSteps, int InputSize, int TargetSize, bool HasTokens, bool HasTargetTokens, bool HasLengths, int Weights) KindOf(
        SequenceDataset part) =>
        (part.TimeSteps, part.InputSize, part.TargetSize, part.HasTokens, part.HasTargetTokens, part.HasLengths, part.SampleWeightLength);

    private static string Describe(SequenceDataset part) =>
        $"{part.TimeSteps} time steps of {part.InputSize} {(part.HasTokens ? "tokens" : "floats")}{(part.HasLengths ? " with lengths" : "")}, " +
        (part.HasSampleWeight ? $"{part.SampleWeightLength} weights of a sample, " : "") +
        $"targets of {part.TargetSize} {(part.HasTargetTokens ? "tokens or classes" : "floats")}";
}
