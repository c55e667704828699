namespace NanoRnn.Onnx;

/// <summary>How a model is written as ONNX.</summary>
public sealed class OnnxOptions
{
    /// <summary>
    /// Whether the states of recurrent layers go in and out: <c>lstm.h</c> and <c>lstm.c</c> are inputs, <c>lstm.h_next</c> and <c>lstm.c_next</c>
    /// outputs, each batch × units floats, so that a sequence can be predicted from piece by piece. Those that are weights (<c>TrainableInitialState</c>) may be left out
    /// for a new sequence. Default: every sequence starts with zeros, or with these weights.
    /// </summary>
    public bool States { get; init; }
}
