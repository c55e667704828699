namespace NanoRnn;

/// <summary>Which outputs are called positive, and which count.</summary>
internal readonly record struct PositiveRule
{
    public PositiveRule(float? threshold, int? topK, int? classId)
    {
        if (topK is { } k)
            ArgumentOutOfRangeException.ThrowIfLessThan(k, 1, nameof(topK));
        if (classId is { } id)
            ArgumentOutOfRangeException.ThrowIfNegative(id, nameof(classId));
        (Threshold, TopK, ClassId) = (threshold ?? (topK is null ? 0.5f : float.NegativeInfinity), topK, classId);
    }

    public float Threshold { get; }

    public int? TopK { get; }

    public int? ClassId { get; }

    /// <summary>What speaks against it, or null.</summary>
    public string? FindMismatch(MetricContext context) =>
        !context.HasTargetsOfClasses ? context.NeedTargetPerOutput()
        : TopK > context.OutputSize ? $"looks at {TopK} of the largest outputs, there are {context.OutputSize}"
        : ClassId >= context.OutputSize ? $"looks at output {ClassId}, there are outputs 0 to {context.OutputSize - 1}"
        : null;
}
