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

    /// <summary>A network with larger outputs has states that grow with every step, beyond what floats hold.</summary>
    private const double MaxOutput = 1e6;

    private const int Moves = 4;
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
        var expected = test.Reference.Predict(batch).Values;
        var actual = test.Subject.PredictBatch(test.Input, hasLengths);
        if (expected.Length != actual.Length)
            return $"Reference: expected {expected.Length} outputs, found {actual.Length}.";
        var scale = expected.Max(Math.Abs);
        if (!(scale < MaxOutput))
            return null;
        var isInt8 = test.Subject.Layout.Precision == Precision.Int8;
        var tolerance = Math.Max((isInt8 ? Int8Tolerance : Tolerance) * scale, Moves * FindMove(test, batch, expected, isInt8 ? 1.0 / (1 << 14) : 1.0 / (1 << 24)));
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance))
                return FormattableString.Invariant(
                    $"Reference{(hasLengths ? " with lengths" : "")}: expected {expected[i]:G9} at {i} of {expected.Length}, found {actual[i]:G9}, ") +
                    FormattableString.Invariant($"off by {Math.Abs(actual[i] - expected[i]) / scale:E1} of the largest output, {tolerance / scale:E1} allowed.");
        return null;
    }

    /// <summary>How far outputs move when all weights and inputs, states and values of functions do.</summary>
    private static double FindMove(TestCase test, ReferenceBatch batch, double[] expected, double relative)
    {
        var saved = test.Reference.Tensors.Select(tensor => (double[])tensor.Values.Clone()).ToArray();
        var move = 0.0;
        for (var sample = 0; sample < Samples; sample++)
        {
            foreach (var tensor in test.Reference.Tensors)
                Shake(tensor.Values);
            var shaken = test.Reference.TakesTokens || batch.Mask is not null ? batch : batch with { Inputs = ShakenInputs(batch.Inputs) };
            move = Math.Max(move, expected.Zip(test.Reference.Predict(shaken, new RoundingNoise(test.Dice, relative)).Values, (a, b) => Math.Abs(a - b)).Max());
            for (var i = 0; i < saved.Length; i++)
                saved[i].CopyTo(test.Reference.Tensors[i].Values, 0);
        }

        return double.IsNaN(move) ? 0 : move;

        void Shake(double[] values)
        {
            foreach (ref var value in values.AsSpan())
                value *= 1 + (test.Dice.Chance(0.5) ? relative : -relative);
        }

        // What is masked stays masked.
        double[] ShakenInputs(double[] inputs)
        {
            var shaken = (double[])inputs.Clone();
            if (test.Layers[0] is not MaskingDescription)
                Shake(shaken);
            return shaken;
        }
    }
}
