namespace NanoRnn.Tool.Operators;

/// <summary>A function of one number.</summary>
/// <param name="Name">ONNX's name of it.</param>
/// <param name="Alpha">Its first parameter, if it has one.</param>
/// <param name="Beta">Its second parameter, if it has one.</param>
internal sealed record ScalarFunction(string Name, double Alpha = 0, double Beta = 0);
