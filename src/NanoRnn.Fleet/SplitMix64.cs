namespace NanoRnn.Fleet;

/// <summary>Random numbers from a seed, the same on every machine (Steele, Lea and Flood 2014).</summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Puts a random choice first, each as likely as any other.</summary>
    /// <param name="items">What to choose from.</param>
    /// <param name="count">How many to choose; all of them for a new order.</param>
    public void Shuffle<T>(Span<T> items, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var other = i + (int)Math.BigMul(Next(), (ulong)(items.Length - i), out _);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
