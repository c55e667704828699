using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>Which steps of a sequence each output of a convolution or a pooling sees. The compiler counts with it too.</summary>
/// <param name="KernelSize">How many steps.</param>
/// <param name="DilationRate">Steps from one of them to the next.</param>
/// <param name="Strides">Steps from one output to the next.</param>
/// <param name="Padding">What is seen beyond the ends.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WindowGeometry(int KernelSize, int DilationRate, int Strides, Padding Padding)
{
    /// <summary>Steps from the first that an output sees to the last, both included.</summary>
    public int Span => (KernelSize - 1) * DilationRate + 1;

    /// <summary>Whether there is an output for every step.</summary>
    public bool KeepsSteps => Strides == 1 && (Padding != Padding.Valid || KernelSize == 1);

    /// <summary>Outputs of a sequence of so many steps; 0 if it is shorter than what one output sees.</summary>
    public nint Count(nint steps) =>
        Padding != Padding.Valid ? (steps + Strides - 1) / Strides
        : steps < Span ? 0
        : (steps - Span) / Strides + 1;

    /// <summary>How many steps lie before the first one in what the first output sees.</summary>
    public nint Before(nint steps) => Padding switch
    {
        Padding.Valid => 0,
        Padding.Causal => Span - 1,
        _ => Math.Max(0, (int)((Count(steps) - 1) * Strides + Span - steps)) / 2,
    };

    /// <summary>The fewest steps that give so many outputs, at least one.</summary>
    public int Fewest(int outputs) => (outputs - 1) * Strides + (Padding == Padding.Valid ? Span : 1);
}
