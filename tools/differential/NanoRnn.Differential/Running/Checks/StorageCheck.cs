using NanoRnn.Differential.Files;

namespace NanoRnn.Differential.Running.Checks;

/// <summary>What is saved is a file that another reader understands, with the model's weights, and loading it gives the model again.</summary>
internal sealed class StorageCheck : ICheck
{
    public string? Find(TestCase test)
    {
        var file = test.Subject.Save();
        if (StrictReader.Read(file, out _) is not { } tensors)
            return "Save: another reader refuses the file.";
        if (WeightDecoder.Decode(tensors, test.Subject.Layout) is not { } weights)
            return "Save: the file does not have the model's tensors.";
        using var loaded = Subject.Load(test.Model, file, test.Reference.TakesTokens, atEnd: true);
        foreach (var tensor in test.Subject.Weights)
        {
            var difference = Bits.FindDifference($"Saved {tensor.Name}", tensor.ToArray(), weights[tensor.Name])
                ?? Bits.FindDifference($"Loaded {tensor.Name}", tensor.ToArray(), loaded.Weights[tensor.Name].ToArray());
            if (difference is not null)
                return difference;
        }

        if (!file.AsSpan().SequenceEqual(loaded.Save()))
            return "Save after Load gives other bytes.";
        return test.Subject.HasDecoder ? null : Bits.FindDifference(
            "PredictBatch after Load", test.Subject.PredictBatch(test.Input, hasLengths: false), loaded.PredictBatch(test.Input, hasLengths: false));
    }
}
