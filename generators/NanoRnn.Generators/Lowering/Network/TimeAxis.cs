using NanoRnn.CompilerServices;

namespace NanoRnn.Generators.Lowering.Network;

/// <summary>How many steps something has, and which of them may be skipped: a mask goes with its time axis.</summary>
/// <param name="Kind">Where the number comes from.</param>
/// <param name="Count">The number, if it is known.</param>
/// <param name="Mask">Which steps may be skipped.</param>
/// <param name="Windows">What they are windows of.</param>
internal readonly record struct TimeAxis(TimeAxisKind Kind, int Count = 0, StepMask Mask = StepMask.None, WindowAxis? Windows = null)
{
    /// <summary>One vector for the whole sequence, whichever of its steps were skipped.</summary>
    public static readonly TimeAxis None = new(TimeAxisKind.None);

    /// <summary>The steps of the model's input.</summary>
    public static readonly TimeAxis Source = new(TimeAxisKind.Source, Mask: StepMask.InOrder);

    /// <summary>The same steps, the last one first.</summary>
    public TimeAxis Reversed => this with
    {
        Mask = Mask switch
        {
            StepMask.InOrder => StepMask.Reversed,
            StepMask.Reversed => StepMask.InOrder,
            _ => StepMask.None,
        },
    };

    /// <summary>Steps of the input per step, rounded down.</summary>
    public long Stride => Windows is null ? 1 : Windows.From.Stride * Windows.Geometry.Strides;

    /// <summary>The fewest steps of the input that give so many of these.</summary>
    public int Fewest(int steps) => Windows is null ? steps : Windows.From.Fewest(Windows.Geometry.Fewest(steps));

    public bool IsSequence => Kind != TimeAxisKind.None;

    /// <summary>The steps of the decoder.</summary>
    /// <param name="isMasked">Whether some of the tokens that it is given may be padding.</param>
    public static TimeAxis Target(bool isMasked) => new(TimeAxisKind.Target, Mask: isMasked ? StepMask.InOrder : StepMask.None);

    /// <summary>So many steps that the model makes itself, of which none is skipped.</summary>
    public static TimeAxis Fixed(int count) => new(TimeAxisKind.Fixed, count);
}

/// <summary>The windows in which a convolution or a pooling sees the steps of another axis.</summary>
/// <param name="Name">Of the first layer that does.</param>
/// <param name="From">The other axis.</param>
/// <param name="Geometry">Which of its steps are in each window.</param>
internal sealed record WindowAxis(string Name, TimeAxis From, WindowGeometry Geometry);

internal enum TimeAxisKind
{
    None,
    Source,
    Target,
    Fixed,
    Windows,
}

/// <summary>Which steps of an axis may be skipped.</summary>
internal enum StepMask
{
    None,

    /// <summary>Those that the sequence's length or its numbers say.</summary>
    InOrder,

    /// <summary>The same ones, but the axis has its steps in reversed order.</summary>
    Reversed,
}
