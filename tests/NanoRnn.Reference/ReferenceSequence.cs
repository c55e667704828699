namespace NanoRnn.Reference;

/// <summary>A sequence between two layers.</summary>
/// <param name="Steps">The features of every time step; a last state is a single step.</param>
/// <param name="Mask">Which steps count; null if all do.</param>
internal sealed record ReferenceSequence(double[][] Steps, bool[]? Mask)
{
    public bool IsValid(int step) => Mask?[step] ?? true;

    /// <summary>The same function of every step, one after the other.</summary>
    public ReferenceSequence Select(Func<double[], double[]> function) => this with { Steps = [.. Steps.Select(function)] };
}
