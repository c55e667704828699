namespace NanoRnn.Tests.Golden;

/// <summary>Comparisons with golden values, with the tolerances that the README promises.</summary>
internal static class GoldenAssert
{
    private const double OutputTolerance = 1e-6;
    private const double LossTolerance = 1e-5;
    private const double WeightTolerance = 1e-5;

    /// <summary>Checks the outputs at the positions that count. Returns the largest error, as a part of the largest output.</summary>
    public static double Outputs(GoldenCase golden, float[] actual)
    {
        Assert.Equal(golden.Outputs.Length, actual.Length);
        var valid = golden.CreateReference().Predict(golden.CreateBatch()).Valid;
        var features = actual.Length / valid.Length;
        var scale = golden.Outputs.Max(Math.Abs);
        var worst = 0.0;
        for (var i = 0; i < actual.Length; i++)
            if (valid[i / features])
                worst = Math.Max(worst, Math.Abs(actual[i] - golden.Outputs[i]) / scale);

        Assert.True(worst <= OutputTolerance, $"Outputs are off by {worst:E2} of the largest, {scale:G4}.");
        return worst;
    }

    /// <summary>
    /// Trains and checks the losses and, through <paramref name="tensors"/>, the weights. Returns the largest error of a weight, as a
    /// part of its tensor's scale.
    /// </summary>
    public static double Training(GoldenTraining expected, Func<float> trainBatch, Func<string, float[]> tensors)
    {
        for (var step = 0; step < expected.Steps; step++)
            Loss(expected.Losses[step], trainBatch(), $"before step {step + 1}");

        var worst = expected.Tensors.Max(tensor => Tensor(tensor, tensors(tensor.Name)));
        Loss(expected.Losses[^1], trainBatch(), "after the last step");
        return worst;
    }

    private static void Loss(double expected, float actual, string when) =>
        Assert.True(
            Math.Abs(actual - expected) <= LossTolerance * Math.Abs(expected), $"Loss {when}: {actual:R}, not {expected:R}.");

    /// <summary>
    /// Checks the stored elements one by one and all elements through three sums. The scale is the bound within which the
    /// tensor started. Returns the largest error of an element in this scale.
    /// </summary>
    private static double Tensor(GoldenTensor expected, float[] actual)
    {
        var scale = GoldenFormula.BoundOf(expected.Name, expected.Shape);
        var worst = GoldenFormula.SampleIndices(actual.Length)
            .Select((index, i) => Math.Abs(actual[index] - expected.Elements[i]) / scale)
            .Max();
        Assert.True(worst <= WeightTolerance, $"{expected.Name} is off by {worst:E2} of its scale.");

        // Errors of independent signs add up as the root of their number.
        var tolerance = WeightTolerance * scale * Math.Sqrt(actual.Length);
        AssertSum("Sum", expected.Sum, actual.Sum(w => (double)w), tolerance);
        AssertSum("Sum of squares", expected.Squares, actual.Sum(w => (double)w * w), 2 * scale * tolerance);
        AssertSum("Projection", expected.Projection, GoldenFormula.Projection(expected.Name, actual), tolerance);
        return worst;

        void AssertSum(string what, double wanted, double got, double allowed) =>
            Assert.True(Math.Abs(got - wanted) <= allowed, $"{what} of {expected.Name}: {got:R}, not {wanted:R}.");
    }
}
