namespace NanoRnn.Differential.Grammar;

/// <summary>Random choices; equal seeds make equal ones.</summary>
internal sealed class Dice(ulong seed)
{
    /// <summary>Sizes on both sides of what kernels are cut at: lanes, blocks, rows.</summary>
    private static readonly int[] Sizes = [1, 1, 2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 12, 13, 15, 16, 16, 17, 20, 21, 24, 31, 32, 33, 40];

    private RandomGenerator _random = new(seed);

    public ulong NextSeed() => _random.NextUInt64();

    /// <summary>0 … <paramref name="bound"/> − 1.</summary>
    public int Next(int bound) => _random.NextInt(bound);

    public bool Chance(double share) => _random.NextDouble() < share;

    public T Pick<T>(params ReadOnlySpan<T> items) => items[_random.NextInt(items.Length)];

    public int Size() => Pick<int>(Sizes);

    public float Uniform(float bound) => _random.NextUniform(-bound, bound);

    public float[] Floats(int count, float bound)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = Uniform(bound);
        return values;
    }
}
