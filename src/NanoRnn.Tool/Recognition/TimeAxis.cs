using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>The steps at which a value is: those of the model's input, or the windows in which a layer sees other steps. Equal axes are the same steps.</summary>
/// <param name="Count">How many steps.</param>
/// <param name="Source">The steps that the windows are of; null for those of the input.</param>
/// <param name="Windows">Which windows; null for the steps of the input.</param>
/// <param name="Padding">What NanoRnn calls their padding; null if it has no such.</param>
internal sealed record TimeAxis(int Count, TimeAxis? Source = null, WindowSpan? Windows = null, Padding? Padding = null)
{
    /// <summary>The axis of windows of these steps: the same one where there is a window for every step.</summary>
    /// <param name="geometry">The windows.</param>
    public TimeAxis Over(ConvolutionGeometry geometry) => geometry.PaddingOver(Count) is var padding && geometry.KeepsSteps(Count) && padding is not null ? this
        : new(geometry.Count(Count), this, new(geometry.Span, geometry.Stride, geometry.Before), padding);
}
