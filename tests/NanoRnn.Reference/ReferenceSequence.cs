namespace NanoRnn.Reference;

/// <summary>A sequence between two layers.</summary>
/// <param name="Steps">The features of every time step; a last state is a single step.</param>
/// <param name="Mask">Which steps count; null if all do.</param>
internal sealed record ReferenceSequence(double[][] Steps, bool[]? Mask)
{
    public bool IsValid(int step) => Mask?[step] ?? true;

    /// <summary>The features of two sequences of equal length side by side. A step counts where it does in both.</summary>
    public static ReferenceSequence Join(ReferenceSequence a, ReferenceSequence b)
    {
        if (a.Steps.Length != b.Steps.Length)
            throw new ArgumentException($"A sequence of {a.Steps.Length} steps cannot lie beside one of {b.Steps.Length}.");
        return new(
            [.. a.Steps.Zip(b.Steps, (left, right) => (double[])[.. left, .. right])],
            a.Mask is null ? b.Mask : b.Mask is null ? a.Mask : [.. a.Mask.Zip(b.Mask, (left, right) => left && right)]);
    }

    /// <summary>The same function of every step, one after the other.</summary>
    public ReferenceSequence Select(Func<double[], double[]> function) => this with { Steps = [.. Steps.Select(function)] };
}
