using Listen;
using NanoRnn;

namespace SpokenDigits;

/// <summary>From the frames of a recording of several digits to a logit for each class at each frame: no new digit (the blank), or one of ten.</summary>
[RnnModel(InputSize = LogMel.Bands)]
[Normalization]
[Gru(64, ReturnSequences = true, Direction = Direction.Bidirectional)]
[Dropout(0.3)]
[Dense(11)]
public sealed partial class DigitStringModel;
