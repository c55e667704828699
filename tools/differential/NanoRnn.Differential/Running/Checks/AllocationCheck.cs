namespace NanoRnn.Differential.Running.Checks;

/// <summary>Nothing is allocated after construction.</summary>
internal sealed class AllocationCheck : ICheck
{
    public string? Find(TestCase test)
    {
        if (!test.Subject.HasDecoder && test.Subject.AllocatedBytes(test.Input) is var predicting and > 0)
            return $"Predicting allocates {predicting} bytes.";
        return test.Subject.IsTrainable && test.Subject.Train(test.Training).AllocatedBytes is var training and > 0
            ? $"A step of training allocates {training} bytes."
            : null;
    }
}
