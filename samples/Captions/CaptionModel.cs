using NanoRnn;

namespace Captions;

/// <summary>
/// Two convolutions over the columns of a picture, and a decoder that says what they show: at each word it looks at the columns again.
/// </summary>
[RnnModel(InputSize = Picture.Height)]
[Conv1D(128, 8, Padding = Padding.Same, Activation = Activation.Relu)]
[Dropout(0.2)]
[Conv1D(64, 3, Padding = Padding.Same, Activation = Activation.Relu, Name = "columns")]
[Decoder(Words.Start, Words.End, UseEncoderState = false)]
[Embedding(Words.Count, 16, MaskZero = true)]
[Gru(64, ReturnSequences = true, Name = "said")]
[Attention("columns", Name = "seen")]
[Concatenate("seen", "said")]
[Dense(64, Activation = Activation.Relu)]
[Dense(Words.Count, Activation = Activation.Softmax)]
public sealed partial class CaptionModel
{
    /// <summary>Says what a picture shows.</summary>
    public string Describe(Picture picture)
    {
        Span<int> tokens = stackalloc int[Words.MaxSteps];
        return Words.Decode(tokens[..Generate(picture.Columns, tokens)]);
    }
}
