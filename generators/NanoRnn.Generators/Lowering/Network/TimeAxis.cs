namespace NanoRnn.Generators.Lowering.Network;

/// <summary>How many steps something has.</summary>
/// <param name="Kind">Where the number comes from.</param>
/// <param name="Count">The number, if it is known.</param>
internal readonly record struct TimeAxis(TimeAxisKind Kind, int Count = 0)
{
    /// <summary>One vector for the whole sequence.</summary>
    public static readonly TimeAxis None = new(TimeAxisKind.None);

    /// <summary>The steps of the model's input.</summary>
    public static readonly TimeAxis Source = new(TimeAxisKind.Source);

    /// <summary>The steps of the decoder.</summary>
    public static readonly TimeAxis Target = new(TimeAxisKind.Target);

    public static TimeAxis Fixed(int count) => new(TimeAxisKind.Fixed, count);

    public bool IsSequence => Kind != TimeAxisKind.None;
}

internal enum TimeAxisKind
{
    None,
    Source,
    Target,
    Fixed,
}
