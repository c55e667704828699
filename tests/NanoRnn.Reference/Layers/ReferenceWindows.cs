namespace NanoRnn.Reference;

/// <summary>Which steps each output of a convolution or a pooling sees, as TensorFlow defines its paddings.</summary>
internal sealed record ReferenceWindows(int Size, int Dilation, int Strides, Padding Padding)
{
    private int Span => Dilation * (Size - 1) + 1;

    public int Count(int steps) => Padding == Padding.Valid
        ? (int)Math.Ceiling((steps - Span + 1) / (double)Strides)
        : (int)Math.Ceiling(steps / (double)Strides);

    /// <summary>The steps of a window that lie in the sequence, each with its place in the window.</summary>
    public IEnumerable<(int Tap, int Step)> StepsOf(int window, int steps)
    {
        var all = Math.Max((Count(steps) - 1) * Strides + Span - steps, 0);
        var before = Padding switch { Padding.Valid => 0, Padding.Same => all / 2, _ => Dilation * (Size - 1) };
        return Enumerable.Range(0, Size).Select(tap => (tap, window * Strides + tap * Dilation - before)).Where(item => item.Item2 >= 0 && item.Item2 < steps);
    }
}
