namespace NanoRnn.Reference;

/// <summary>The factors are given with a batch, and so there is no rate.</summary>
internal sealed record DropoutDescription() : LayerDescription("dropout")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceDropout(name, inputs);
}

/// <summary>Given factors for all features of all steps; without them, as in prediction, nothing.</summary>
internal sealed class ReferenceDropout(string name, int inputs) : ReferenceLayer(inputs)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        var factors = run.Factors(name);
        return factors is null
            ? input
            : input with { Steps = [.. input.Steps.Zip(factors.Chunk(Features), Apply)] };
    }

    /// <summary>The product with the factors, if there are any.</summary>
    public static double[] Apply(double[] x, double[]? factors) =>
        factors is null ? x : [.. x.Zip(factors, (feature, factor) => feature * factor)];
}
