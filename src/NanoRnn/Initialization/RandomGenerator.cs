using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>
/// The seeded generator behind initialisation and shuffling: xoshiro256** (Blackman and Vigna 2018, prng.di.unimi.it),
/// its state filled by SplitMix64 from the seed. The same seed gives the same numbers on every platform.
/// </summary>
/// <remarks>A mutable struct: pass it by reference; a copy continues on its own. Not for cryptography.</remarks>
public struct RandomGenerator
{
    private const ulong SplitMixIncrement = 0x9E3779B97F4A7C15;

    private State _state;
    private double _spareNormal;
    private bool _hasSpareNormal;

    /// <summary>A generator with the given seed.</summary>
    /// <param name="seed">Any value, zero included.</param>
    [CLSCompliant(false)]
    public RandomGenerator(ulong seed) => _state = new(SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed));

    /// <summary>The next 64 random bits.</summary>
    [CLSCompliant(false)]
    public ulong NextUInt64() => _state.Next();

    /// <summary>Uniform in [0, 1): 53 random bits.</summary>
    public double NextDouble() => _state.NextDouble();

    /// <summary>Uniform in [0, 1): 24 random bits.</summary>
    public float NextFloat() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform between two bounds.</summary>
    /// <param name="minimum">Lower bound, inclusive.</param>
    /// <param name="maximum">Upper bound, reached only by rounding.</param>
    public float NextUniform(float minimum, float maximum) =>
        (float)(minimum + ((double)maximum - minimum) * NextDouble());

    /// <summary>
    /// Normal with mean 0 and variance 1, by Marsaglia's polar method (1964), which needs a logarithm and a square root but
    /// no trigonometry.
    /// </summary>
    public double NextNormal()
    {
        if (_hasSpareNormal)
        {
            _hasSpareNormal = false;
            return _spareNormal;
        }

        Point point;
        do
            point = Point.Next(ref _state);
        while (!point.IsInside);
        var factor = point.Factor;
        _spareNormal = point.V * factor;
        _hasSpareNormal = true;
        return point.U * factor;
    }

    /// <summary>What so many calls of <see cref="NextNormal"/> return, sooner: whether a point is taken is no branch.</summary>
    /// <param name="numbers">Where the numbers go.</param>
    // It runs during start-up, before the tiered compiler would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void NextNormals(Span<double> numbers)
    {
        const int MaxPoints = 32;
        Span<double> us = stackalloc double[MaxPoints];
        Span<double> vs = stackalloc double[MaxPoints];
        Span<double> squares = stackalloc double[MaxPoints];
        squares.Fill(0.5);
        if (_hasSpareNormal && numbers.Length > 0)
        {
            numbers[0] = NextNormal();
            numbers = numbers[1..];
        }

        while (numbers.Length > 1)
        {
            var wanted = Math.Min(numbers.Length / 2, MaxPoints);
            // A copy that stays in registers.
            var state = _state;
            for (var count = 0; count < wanted;)
            {
                var point = Point.Next(ref state);
                (us[count], vs[count], squares[count]) = (point.U, point.V, point.Square);
                count += point.IsInside ? 1 : 0;
            }

            _state = state;
            for (var i = 0; i < wanted; i += Vector512<double>.Count)
            {
                var factors = Point.FactorsOf(Vector512.Create<double>(squares[i..]));
                factors.CopyTo(squares[i..]);
            }

            for (var i = 0; i < wanted; i++)
            {
                numbers[2 * i] = us[i] * squares[i];
                numbers[2 * i + 1] = vs[i] * squares[i];
            }

            numbers = numbers[(2 * wanted)..];
        }

        if (numbers.Length > 0)
            numbers[0] = NextNormal();
    }

    /// <summary>Uniform in 0 … <paramref name="bound"/> − 1, without bias (Lemire 2019).</summary>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is less than 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var high = Math.BigMul(NextUInt64(), (ulong)bound, out var low);
        if (low < (ulong)bound)
        {
            var threshold = (0UL - (ulong)bound) % (ulong)bound;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), (ulong)bound, out low);
        }

        return (int)high;
    }

    /// <summary>Puts items in random order (Fisher and Yates); every order is equally likely.</summary>
    /// <param name="items">What to shuffle, in place.</param>
    /// <typeparam name="T">Any type.</typeparam>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Shows the state of a generator of which no normal has been drawn.</summary>
    internal void Visit(StateVisitor state, string name)
    {
        Span<ulong> words = [_state.S0, _state.S1, _state.S2, _state.S3];
        state.Visit(name, words);
        _state = new(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Number <paramref name="counter"/> of the SplitMix64 sequence (Steele et al. 2014) that starts at zero.</summary>
    internal static ulong SplitMixAt(ulong counter) => Mix(counter * SplitMixIncrement);

    private static ulong SplitMix(ref ulong state) => Mix(state += SplitMixIncrement);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>What the next bits depend on.</summary>
    private struct State(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        public ulong S0 = s0, S1 = s1, S2 = s2, S3 = s3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Next()
        {
            var result = BitOperations.RotateLeft(S1 * 5, 7) * 9;
            var t = S1 << 17;
            S2 ^= S0;
            S3 ^= S1;
            S1 ^= S2;
            S0 ^= S3;
            S2 ^= t;
            S3 = BitOperations.RotateLeft(S3, 45);
            return result;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A point of the square from −1 to 1, for the polar method.</summary>
    private readonly record struct Point(double U, double V, double Square)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Point Next(ref State state)
        {
            var u = 2 * state.NextDouble() - 1;
            var v = 2 * state.NextDouble() - 1;
            return new Point(u, v, u * u + v * v);
        }

        /// <summary>Whether it lies in the unit circle and not in its centre.</summary>
        public bool IsInside => Square < 1 & Square > 0;

        /// <summary>What makes normals of its coordinates, if it is inside.</summary>
        public double Factor => FactorsOf(Vector512.Create(Square)).ToScalar();

        /// <summary>The factors of eight points inside, by their squares.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> FactorsOf(Vector512<double> squares) =>
            Vector512.Sqrt(Vector512.Create(-2.0) * DeterministicMath.Log(squares) / squares);
    }
}
