namespace NanoRnn.Reduced.Tests;

/// <summary>What the tests say of 8-bit integers without asking the library.</summary>
internal static class Int8Cases
{
    /// <summary>Whether a tensor is stored as integers: kernels that 16 bits apply to, with at least four rows.</summary>
    public static bool IsInteger(string network, WeightTensor tensor) => Cases.IsReduced(network, tensor) && tensor.Shape[0] >= 4;
}
