using NanoRnn.Reference;

namespace NanoRnn.Differential.Running.Checks;

/// <summary>Outputs are those of the reference in double precision.</summary>
/// <remarks>
/// Of a network that amplifies small errors a float has no right to more than it amplifies: where changes of the weights, inputs and states by
/// half a unit in the last place, and of the values of functions by as much as those may err, move the reference's own outputs further
/// than the tolerance, some of those moves are the tolerance.
/// </remarks>
internal sealed class ReferenceCheck : ICheck
{
    /// <summary>Relative to the largest output.</summary>
    private const double Tolerance = 3e-7;

    /// <summary>With 8-bit integers a vector's elements are rounded to 2⁻¹⁵ of its largest.</summary>
    private const double Int8Tolerance = 1e-3;

    private const int Samples = 2;

    public string? Find(TestCase test)
    {
        if (test.Subject.HasDecoder)
            return null;
        return FindIn(test, hasLengths: false) ?? (test.TakesLengths ? FindIn(test, hasLengths: true) : null);
    }

    private static string? FindIn(TestCase test, bool hasLengths)
    {
        var batch = test.Input.ToReference(hasLengths);
        var computed = new LargestValue();
        var expected = test.Reference.Predict(batch, computed).Values;
        var actual = test.Subject.PredictBatch(test.Input, hasLengths);
        if (expected.Length != actual.Length)
            return $"Reference: expected {expected.Length} outputs, found {actual.Length}.";
        var scale = expected.Aggregate(0.0, (largest, value) => Math.Max(largest, Math.Abs(value)));
        if (!(scale < LargestValue.Comparable) || !computed.IsComparable)
            return null;
        var relative = test.Subject.Layout.Precision == Precision.Int8 ? Int8Tolerance : Tolerance;
        var tolerance = Math.Max(relative * scale, Roundings.Allowed * FindMove(test, batch, expected));
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance))
                return FormattableString.Invariant(
                    $"Reference{(hasLengths ? " with lengths" : "")}: expected {expected[i]:G9} at {i} of {expected.Length}, found {actual[i]:G9}, ") +
                    FormattableString.Invariant($"off by {Math.Abs(actual[i] - expected[i]) / scale:E1} of the largest output, {tolerance / scale:E1} allowed.");
        return null;
    }

    /// <summary>How far outputs move when all weights and inputs, states and values of functions do.</summary>
    private static double FindMove(TestCase test, ReferenceBatch batch, double[] expected)
    {
        var (move, relative) = (0.0, Roundings.Of(test));
        for (var sample = 0; sample < Samples; sample++)
        {
            var moved = Roundings.Move(test, relative, noise =>
            {
                var shaken = test.Reference.TakesTokens || batch.Mask is not null ? batch : batch with { Inputs = ShakenInputs(batch.Inputs) };
                return test.Reference.Predict(shaken, noise).Values;
            });
            move = Math.Max(move, expected.Zip(moved, (a, b) => Math.Abs(a - b)).Max());
        }

        return double.IsNaN(move) ? 0 : move;

        // What is masked stays masked.
        double[] ShakenInputs(double[] inputs)
        {
            var shaken = (double[])inputs.Clone();
            if (test.Layers[0] is not MaskingDescription)
                ShakenWeights.Shake(shaken, test.Dice, relative);
            return shaken;
        }
    }
}
