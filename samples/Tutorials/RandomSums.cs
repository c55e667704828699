using NanoRnn;

namespace Tutorials;

/// <summary>Sequences of numbers between 0 and 1, and the sum of each: what two of the tutorials learn.</summary>
public static class RandomSums
{
    public const int TimeSteps = 10;

    public static SequenceDataset Create(int count, ulong seed)
    {
        var random = new RandomGenerator(seed);
        var inputs = new float[count * TimeSteps];
        var targets = new float[count];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = random.NextFloat();
            targets[i / TimeSteps] += inputs[i];
        }

        return new SequenceDataset(inputs, targets, TimeSteps, inputSize: 1, targetSize: 1);
    }
}
