namespace NanoRnn.Generators.Parsing;

/// <summary>What is asked of a layer's tensors.</summary>
internal sealed record WeightsSpec(TensorSpec Kernel, TensorSpec Recurrent, TensorSpec Bias)
{
    public static readonly WeightsSpec Default = new(
        new(InitializerKind.GlorotUniform, 0, 0), new(InitializerKind.Orthogonal, 0, 0), new(InitializerKind.Zeros, 0, 0));
}

/// <summary>What is asked of one tensor.</summary>
/// <param name="Initializer">How it starts.</param>
/// <param name="L1">Factor of the penalty on the sum of magnitudes, or 0.</param>
/// <param name="L2">Factor of the penalty on the sum of squares, or 0.</param>
internal sealed record TensorSpec(InitializerKind Initializer, float L1, float L2);

/// <summary>The runtime library's <c>Initializer</c>, value by value.</summary>
internal enum InitializerKind
{
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    LecunUniform,
    LecunNormal,
    RandomUniform,
    RandomNormal,
    TruncatedNormal,
    Orthogonal,
    Identity,
    Zeros,
    Ones,
}
