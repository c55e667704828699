namespace NanoRnn.Tool.Recognition;

/// <summary>The weights of one direction, with NanoRnn's shapes and order of gates.</summary>
/// <param name="Kernel">Inputs × gates · units.</param>
/// <param name="RecurrentKernel">Units × gates · units.</param>
/// <param name="Bias">Gates · units, of a GRU that resets after the product twice as many; null for zeros.</param>
/// <param name="Peepholes">What input, forget and output gate multiply the cell state by, 3 · units; null for none.</param>
internal sealed record RecurrentCell(double[] Kernel, double[] RecurrentKernel, double[]? Bias, double[]? Peepholes = null);
