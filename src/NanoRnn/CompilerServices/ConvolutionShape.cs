using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// What a convolution within a row goes over: positions side by side, each of so many channels. Its kernel is one row of <see cref="RowLength"/> floats for
/// each channel of a group at each tap, behind a row of biases if there are any.
/// </summary>
/// <param name="Windows">Which positions each output sees.</param>
/// <param name="Positions">Positions of a row.</param>
/// <param name="Channels">Channels of a position.</param>
/// <param name="Filters">Channels of a position of the output.</param>
/// <param name="Groups">In how many groups channels and filters are, of which each sees its own alone.</param>
/// <param name="RowLength">Floats of a row of filters with its padding: 4, 8 or a multiple of 16.</param>
/// <param name="HasBias">Whether there are biases.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ConvolutionShape(
    WindowGeometry Windows, int Positions, int Channels, int Filters, int Groups, int RowLength, bool HasBias)
{
    /// <summary>Positions of the output.</summary>
    public int Outputs => (int)Windows.Count(Positions);

    /// <summary>Channels of a group.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>Rows of the kernel.</summary>
    public int KernelRows => Windows.KernelSize * GroupChannels;

    /// <summary>Where the kernel starts, behind the biases.</summary>
    public int KernelStart => HasBias ? RowLength : 0;

    /// <summary>Floats of a row of the transposed kernel, which there is for each filter.</summary>
    public int TransposedRow => (KernelRows + 15) / 16 * 16;

    /// <summary>The position that an output sees at its first tap; before the first of all it is negative.</summary>
    internal int First(int output) => output * Windows.Strides - (int)Windows.Before(Positions);

    /// <summary>The taps at which an output sees a position.</summary>
    internal (int First, int End) Taps(int output)
    {
        var (start, step) = (First(output), Windows.DilationRate);
        var first = start >= 0 ? 0 : (-start + step - 1) / step;
        var end = Math.Min(Windows.KernelSize, (Positions - start + step - 1) / step);
        return (first, Math.Max(first, end));
    }

    /// <summary>
    /// The outputs from one on that see positions at the same taps; where steps lie in a row of their own and taps side by side, their sums are those of
    /// one matrix product.
    /// </summary>
    internal int CountAlike(int output)
    {
        var (taps, end) = (Taps(output), output + 1);
        while (end < Outputs && Taps(end) == taps)
            end++;
        return end - output;
    }
}
