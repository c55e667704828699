namespace NanoRnn.Differential.Running.Checks;

/// <summary>Every way to predict gives the same bits: alone, in batches of any size, with lengths, step by step.</summary>
internal sealed class AgreementCheck : ICheck
{
    public string? Find(TestCase test) => test.Subject.HasDecoder
        ? null
        : FindInBatches(test) ?? (test.TakesLengths ? FindInLengths(test) : null) ?? (test.Subject.HasSession ? FindInSteps(test) : null);

    private static string? FindInBatches(TestCase test)
    {
        var (input, subject) = (test.Input, test.Subject);
        float[] alone = [.. Enumerable.Range(0, input.Rows).SelectMany(row => subject.Predict(input, row, input.TimeSteps))];
        var few = 1 + test.Dice.Next(input.Rows);
        return Bits.FindDifference("PredictBatch beside Predict", alone, subject.PredictBatch(input, hasLengths: false))
            ?? Bits.FindDifference(
                $"PredictBatch of {few} rows", alone.AsSpan(0, alone.Length / input.Rows * few), subject.PredictBatch(input.Take(few), hasLengths: false));
    }

    private static string? FindInLengths(TestCase test)
    {
        var (input, subject) = (test.Input, test.Subject);
        var stride = subject.OutputSteps(input.TimeSteps) * subject.Layout.OutputSize;
        var expected = new float[input.Rows * stride];
        for (var row = 0; row < input.Rows; row++)
            subject.Predict(input, row, input.Lengths[row]).CopyTo(expected, row * stride);
        return Bits.FindDifference("PredictBatch with lengths beside Predict", expected, subject.PredictBatch(input, hasLengths: true));
    }

    private static string? FindInSteps(TestCase test)
    {
        var (input, subject) = (test.Input, test.Subject);
        var row = input.Rows - 1;
        float[] expected = subject.Layout.ReturnsSequences
            ? subject.Predict(input, row, input.TimeSteps)
            : [.. Enumerable.Range(1, input.TimeSteps).SelectMany(length => subject.Predict(input, row, length))];
        return Bits.FindDifference("Step beside Predict", expected, subject.StepThrough(input, row));
    }
}
