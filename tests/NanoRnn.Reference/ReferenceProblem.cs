namespace NanoRnn.Reference;

/// <summary>A batch with targets, and its loss as a function of the reference's weights.</summary>
internal sealed record ReferenceProblem(ReferenceLoss Loss, ReferenceBatch Batch, float[] Targets)
{
    /// <summary>Half the distance of the two evaluations: rounding and curvature then both cost about 1e-10.</summary>
    private const double H = 1e-5;

    /// <summary>The mean over the positions that count.</summary>
    public double LossOf(ReferenceNetwork network, FunctionProbe? probe = null) =>
        ReferenceLosses.Compute(Loss, network.Predict(Batch with { IsTraining = true }, probe), Targets, network.OutputSize, probe);

    /// <summary>The slope along every element of a tensor; NaN where a kink lies between the two evaluations.</summary>
    public double[] CentralDifferences(ReferenceNetwork network, ReferenceTensor tensor) =>
        [.. Enumerable.Range(0, tensor.Values.Length).Select(i => CentralDifference(network, tensor, i))];

    /// <summary>The slope along one element.</summary>
    public double CentralDifference(ReferenceNetwork network, ReferenceTensor tensor, int index, double h = H)
    {
        var value = tensor.Values[index];
        var (above, below) = (new BranchTrace(), new BranchTrace());
        tensor.Values[index] = value + h;
        var rise = LossOf(network, above);
        tensor.Values[index] = value - h;
        rise -= LossOf(network, below);
        tensor.Values[index] = value;
        return above.Hash == below.Hash ? rise / (2 * h) : double.NaN;
    }
}
