namespace NanoRnn.Training.Tests;

/// <summary>Numbers between −1 and 1 from a seed.</summary>
internal static class RandomFloats
{
    public static float[] Of(uint seed, int count)
    {
        var random = new RandomGenerator(seed);
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = random.NextUniform(-1, 1);
        return values;
    }
}
