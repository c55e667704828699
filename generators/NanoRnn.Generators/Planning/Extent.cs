using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// A number of floats that depends on the number of steps T of the input and U of the decoder: <paramref name="PerStep"/>·T +
/// <paramref name="PerTargetStep"/>·U + <paramref name="Fixed"/>.
/// </summary>
internal readonly record struct Extent(long PerStep, long PerTargetStep, long Fixed)
{
    public bool IsZero => this == default;

    public static Extent operator +(Extent a, Extent b) =>
        new(a.PerStep + b.PerStep, a.PerTargetStep + b.PerTargetStep, a.Fixed + b.Fixed);

    /// <summary>The number.</summary>
    public long For(int timeSteps, int targetSteps) => PerStep * timeSteps + PerTargetStep * targetSteps + Fixed;

    /// <summary>So many floats at every step.</summary>
    public static Extent Of(TimeAxis axis, long floats) => axis.Kind switch
    {
        TimeAxisKind.Source => new(floats, 0, 0),
        TimeAxisKind.Target => new(0, floats, 0),
        TimeAxisKind.Windows => new(ModelPlan.RoundUp((floats + axis.Stride - 1) / axis.Stride), 0, axis.Stride == 1 ? 0 : floats),
        TimeAxisKind.Fixed => new(0, 0, axis.Count * floats),
        _ => new(0, 0, floats),
    };

    public static Extent Once(long floats) => new(0, 0, floats);
}

/// <summary>A part of a tape: for n sequences it has n times its size and starts at n times its start.</summary>
internal readonly record struct TapeSection(Extent Start, Extent Size);
