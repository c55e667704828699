namespace NanoRnn.Tool.Operators;

/// <summary>Which positions a convolution over one axis sees.</summary>
/// <param name="KernelSize">How many.</param>
/// <param name="Dilation">Positions from one to the next.</param>
/// <param name="Stride">Positions from one output to the next.</param>
/// <param name="Before">Zeros before the first position.</param>
/// <param name="Behind">Zeros behind the last one.</param>
internal sealed record ConvolutionGeometry(int KernelSize, int Dilation, int Stride, int Before, int Behind)
{
    public int Span => checked((KernelSize - 1) * Dilation + 1);

    /// <summary>Outputs of so many positions.</summary>
    public int Count(int positions) => Math.Max(0, (positions + Before + Behind - Span) / Stride + (positions + Before + Behind >= Span ? 1 : 0));

    /// <summary>That of an operator, over so many positions.</summary>
    public static ConvolutionGeometry Of(OperatorCall call, int positions)
    {
        const int Limit = 1 << 20;
        var (size, dilation, stride) = (call[1].Shape[2], One("dilations"), One("strides"));
        call.Demand(size is >= 1 and <= Limit && dilation is >= 1 and <= Limit && (long)size * dilation <= Limit && stride >= 1, "expected positive sizes, dilations and strides of a kernel");
        var pads = call.Node.Integers("pads") ?? [0, 0];
        call.Demand(pads.Length == 2 && pads.All(pad => pad is >= 0 and <= Limit), "expected two numbers of zeros around one axis");
        var geometry = new ConvolutionGeometry(size, dilation, stride, pads[0], pads[1]);
        var padding = call.Node.Attribute("auto_pad", "NOTSET");
        if (padding is not ("SAME_UPPER" or "SAME_LOWER"))
            return geometry;
        var both = Math.Max(0, ((positions + stride - 1) / stride - 1) * stride + geometry.Span - positions);
        var before = padding == "SAME_UPPER" ? both / 2 : both - both / 2;
        return geometry with { Before = before, Behind = both - before };

        int One(string attribute) => call.Node.Integers(attribute) is [var value] ? value : 1;
    }
}
