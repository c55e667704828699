using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// What a convolution within a row goes over: positions side by side, each of so many channels; nothing lies beyond them. Its kernel is one row of <see cref="RowLength"/> floats for
/// each channel of a group at each tap, behind a row of biases if there are any.
/// </summary>
/// <param name="KernelSize">How many positions an output sees.</param>
/// <param name="DilationRate">Positions from one of them to the next.</param>
/// <param name="Strides">Positions from one output to the next.</param>
/// <param name="Positions">Positions of a row.</param>
/// <param name="Channels">Channels of a position.</param>
/// <param name="Filters">Channels of a position of the output.</param>
/// <param name="Groups">In how many groups channels and filters are, of which each sees its own alone.</param>
/// <param name="RowLength">Floats of a row of filters with its padding: 4, 8 or a multiple of 16.</param>
/// <param name="HasBias">Whether there are biases.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ConvolutionShape(
    int KernelSize, int DilationRate, int Strides, int Positions, int Channels, int Filters, int Groups, int RowLength, bool HasBias)
{
    /// <summary>Positions of the output.</summary>
    public int Outputs => (Positions - (KernelSize - 1) * DilationRate - 1) / Strides + 1;

    /// <summary>Channels of a group.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>Rows of the kernel.</summary>
    public int KernelRows => KernelSize * GroupChannels;

    /// <summary>Where the kernel starts, behind the biases.</summary>
    public int KernelStart => HasBias ? RowLength : 0;

    /// <summary>Floats of a row of the transposed kernel, which there is for each filter.</summary>
    public int TransposedRow => (KernelRows + 15) / 16 * 16;

    /// <summary>Taps that lie side by side, which are one matrix product: all, or one.</summary>
    internal int SideTaps => DilationRate == 1 ? KernelSize : 1;

    /// <summary>Floats before the first that an output sees at a tap.</summary>
    internal nint Start(int output, int tap) => (nint)(output * Strides + tap * DilationRate) * Channels;
}
