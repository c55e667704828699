namespace NanoRnn.Differential.Running.Checks;

/// <summary>Any number of threads gives the same bits.</summary>
internal sealed class ThreadCheck : ICheck
{
    private const int MaxThreads = 3;

    public string? Find(TestCase test) => (test.Subject.IsTrainable ? FindInTraining(test) : null) ?? (test.Subject.HasDecoder ? null : FindInPrediction(test));

    private static string? FindInTraining(TestCase test)
    {
        var expected = test.Subject.Train(test.Training).All;
        for (var threads = 2; threads <= MaxThreads; threads++)
            if (Bits.FindDifference($"Training with {threads} threads", expected, test.Subject.Train(test.Training with { Threads = threads }).All) is { } difference)
                return difference;
        return null;
    }

    private static string? FindInPrediction(TestCase test)
    {
        var expected = test.Subject.PredictBatch(test.Input, hasLengths: false);
        var outputs = new float[MaxThreads][];
        var threads = Enumerable.Range(0, MaxThreads)
            .Select(i => new Thread(() => outputs[i] = test.Subject.PredictBatch(test.Input, hasLengths: false))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        return outputs.Select(output => Bits.FindDifference($"PredictBatch on {MaxThreads} threads at once", expected, output)).FirstOrDefault(found => found is not null);
    }
}
