using NanoRnn;

namespace Digits;

/// <summary>Reads the eight rows of an image, from the top and from the bottom, and tells which digit it shows.</summary>
[RnnModel(InputSize = DigitImages.Size)]
[Lstm(64, Direction = Direction.Bidirectional)]
[Dense(10, Activation = Activation.Softmax)]
public sealed partial class DigitModel;
