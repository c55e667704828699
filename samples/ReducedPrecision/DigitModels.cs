using Digits;
using NanoRnn;

namespace ReducedPrecision;

/// <summary>The layers of <see cref="DigitModel"/> with weights of bfloat16.</summary>
[RnnModel(InputSize = DigitImages.Size, Precision = Precision.BFloat16)]
[Lstm(64, Direction = Direction.Bidirectional)]
[Dense(10, Activation = Activation.Softmax)]
public sealed partial class DigitBFloat16;

/// <summary>The same with weights of half precision.</summary>
[RnnModel(InputSize = DigitImages.Size, Precision = Precision.Float16)]
[Lstm(64, Direction = Direction.Bidirectional)]
[Dense(10, Activation = Activation.Softmax)]
public sealed partial class DigitFloat16;

/// <summary>The same with weights of 8-bit integers.</summary>
[RnnModel(InputSize = DigitImages.Size, Precision = Precision.Int8)]
[Lstm(64, Direction = Direction.Bidirectional)]
[Dense(10, Activation = Activation.Softmax)]
public sealed partial class DigitInt8;
