using NanoRnn.Tests.Shared;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Functions;

/// <summary>
/// Activations at every float, with NANORNN_SLOW_TESTS=all, at every seventh, with 1, or at some hundred thousand: that they reach their bounds, are as accurate as
/// documents say, and nearly monotone: how many values are below those of the float before, and how far.
/// </summary>
public class EveryFloatTests(ITestOutputHelper output)
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Floats whose bits differ in the last 16.</summary>
    private const int Run = 1 << 16;

    /// <summary>A prime, so that the floats in between have all kinds of bits.</summary>
    private static readonly int Step = SlowTests.All ? 1 : SlowTests.Run ? 7 : 4093;

    public static TheoryData<string> Names => [.. ActivationCase.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAreThoseOfDoublePrecision(string name)
    {
        var function = ActivationCase.All[name];
        var (mistakes, falls, largest) = (new List<string>(), 0L, 0L);
        Parallel.For(0, int.MaxValue / Run + 1, run =>
        {
            foreach (var sign in new[] { 0, int.MinValue })
            {
                var mistake = FindMistake(function, sign, run * Run, out var fallsOfRun, out var largestOfRun);
                lock (mistakes)
                {
                    if (mistake is not null)
                        mistakes.Add(mistake);
                    falls += fallsOfRun;
                    largest = Math.Max(largest, largestOfRun);
                }
            }
        });
        output.WriteLine($"{name}: of floats in steps of {Step} {falls} fall, by {largest} units in the last place or less");
        if (Step == 1)
            Assert.InRange(falls, 0, function.Falls);
        Assert.True(mistakes.Count == 0, $"{name}: {mistakes.Count} runs of floats, such as {mistakes.Order().FirstOrDefault()}");
    }

    [Fact]
    public void BoundsAreReached()
    {
        Assert.Equal([0, 0, 0, 1, 1, 1], Values("Sigmoid", float.NegativeInfinity, float.MinValue, -104, 17.4f, float.MaxValue, float.PositiveInfinity));
        Assert.Equal([-1, -1, 1, 1], Values("Tanh", float.NegativeInfinity, -9.011f, 9.011f, float.PositiveInfinity));
        Assert.Equal([0, 0, 0, float.PositiveInfinity], Values("Silu", float.NegativeInfinity, -1e30f, -110, float.PositiveInfinity));
        Assert.Equal([0, 0, 0, 40, float.PositiveInfinity], Values("Gelu", float.NegativeInfinity, -1e30f, -40, 40, float.PositiveInfinity));
        Assert.Equal([-1, 1], Values("Softsign", float.NegativeInfinity, float.PositiveInfinity));
        Assert.Equal([0, float.PositiveInfinity], Values("Softplus", float.NegativeInfinity, float.PositiveInfinity));
        Assert.Equal([-1, float.PositiveInfinity], Values("Elu", float.NegativeInfinity, float.PositiveInfinity));
        Assert.Equal([0, float.PositiveInfinity], Values("Exponential", float.NegativeInfinity, float.PositiveInfinity));
        foreach (var name in ActivationCase.All.Keys)
            Assert.Equal([float.NaN], Values(name, float.NaN));
    }

    private static float[] Values(string name, params float[] x)
    {
        float[] inputs = new float[64], outputs = new float[64];
        x.CopyTo(inputs, 0);
        ActivationCase.All[name].Model.Predict(inputs, outputs);
        return outputs[..x.Length];
    }

    /// <summary>The first mistake in a run of floats with one sign, or null; how many fall where they should grow, and by how much at most.</summary>
    private static string? FindMistake(ActivationCase function, int sign, int first, out long falls, out long largest)
    {
        (falls, largest) = (0, 0);
        // The float before the run is the first, so that no pair of neighbours is left out.
        var count = (Run + Step - 1) / Step + 1;
        float[] x = new float[(count + 63) / 64 * 64], y = new float[x.Length];
        // The order of the numbers: falling where they are negative.
        for (var i = 0; i < x.Length; i++)
            x[i] = BitConverter.Int32BitsToSingle(sign | Math.Clamp(first + (Math.Min(i, count - 1) - 1) * Step, 0, 0x7F800000));
        function.Model.Predict(x, y);
        var exactBefore = double.NaN;

        // Of values that are all the same, as beyond a bound, those in between are as right as the first and the last.
        var isConstant = y.AsSpan(0, count).IndexOfAnyExcept(y[0]) < 0;
        for (var i = 0; i < count; i += isConstant ? count - 1 : 1)
        {
            var exact = function.ExactAt(x[i]);
            if (!IsRight(function, x[i], exact, y[i]))
                return $"{x[i]:R} gives {y[i]:R}, not {exact:R}";
            var grows = sign == 0 ? exact >= exactBefore : exactBefore >= exact;
            exactBefore = exact;
            if (!grows)
                continue;
            var (lower, upper) = sign == 0 ? (y[i - 1], y[i]) : (y[i], y[i - 1]);
            if (!(upper < lower))
                continue;
            var fall = Math.Abs(Order(lower) - Order(upper));
            falls++;
            largest = Math.Max(largest, fall);
            if (fall > function.Fall)
                return $"{x[i]:R} gives {y[i]:R} after {y[i - 1]:R}";
        }

        return null;
    }

    private static bool IsRight(ActivationCase function, float x, double exact, float y)
    {
        var rounded = (float)exact;
        if (float.IsInfinity(y) && Math.Abs(exact) * (1 + function.Error) > float.MaxValue)
            return y > 0 == exact > 0;
        return Math.Abs(rounded) is 0 or 1 && Math.Abs(x) > 1 || float.IsInfinity(rounded) ? y == rounded
            : Math.Abs(exact) < SmallestNormal ? Math.Abs(y) <= SmallestNormal
            : Math.Abs(y - exact) <= function.Error * Math.Abs(exact);
    }

    /// <summary>Which float it is, counted from zero.</summary>
    private static long Order(float value) => Math.Abs((long)(BitConverter.SingleToInt32Bits(value) & int.MaxValue)) * (value < 0 ? -1 : 1);
}
