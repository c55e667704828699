namespace NanoRnn.Generators.Parsing;

/// <summary>What is asked of a layer's tensors.</summary>
internal sealed record WeightsSpec(TensorSpec Kernel, TensorSpec Recurrent, TensorSpec Bias)
{
    public static readonly WeightsSpec Default = new(
        new(Initializer.GlorotUniform, 0, 0), new(Initializer.Orthogonal, 0, 0), new(Initializer.Zeros, 0, 0));
}

/// <summary>What is asked of one tensor.</summary>
/// <param name="Initializer">How it starts.</param>
/// <param name="L1">Factor of the penalty on the sum of magnitudes, or 0.</param>
/// <param name="L2">Factor of the penalty on the sum of squares, or 0.</param>
internal sealed record TensorSpec(Initializer Initializer, float L1, float L2);
