namespace NanoRnn.Differential.Running.Checks;

/// <summary>What lies between the weights, to fill vectors, stays zero in training: norms of gradients are sums over all that lies there.</summary>
internal sealed class PaddingCheck : ICheck
{
    public string? Find(TestCase test) => test.Subject.IsTrainable && test.Subject.Train(test.Training).Padding is var padding and > 0
        ? $"Training leaves {padding} floats between the weights that are not zero."
        : null;
}
