using System.Runtime.InteropServices;

namespace NanoRnn.Reduced.Tests;

/// <summary>The product with a matrix of 8-bit integers is what its definition says, to the bit, whatever instructions compute it.</summary>
public class Int8ProductTests
{
    public static TheoryData<string> Kernels => [.. Int8Kernels.Supported.Keys];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void EveryLengthIsExact(string kernel)
    {
        for (var inputs = 1; inputs <= 300; inputs++)
        {
            // All numbers of groups and of tiles, at many lengths each.
            var random = new Random(inputs);
            Check(kernel, new Int8Matrix(inputs, 16 * (1 + inputs % 9), (_, _) => random.Next(-127, 128), _ => random.NextSingle()), Random(random, inputs), 14);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void TheLargestSumsDoNotOverflow(string kernel)
    {
        foreach (var (inputs, bits) in new[] { (1032, 14), (2064, 13), (4128, 12), (16384, 10), (65536, 8) })
        {
            Assert.Equal(bits, ReferenceInt8.BitsFor(inputs));
            foreach (var sign in new[] { 1, -1 })
            {
                // The integer next to each is a whole power of two.
                var x = Enumerable.Repeat(sign * 0.99999994f, inputs).ToArray();
                Check(kernel, new Int8Matrix(inputs, 80, (_, column) => column % 2 == 0 ? 127 : -127, _ => 1), x, bits);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void ExtremesOfAllKindsAreExact(string kernel)
    {
        var random = new Random(5);
        foreach (var magnitude in new[] { float.MaxValue, 1e30f, 1, 1e-20f, 1e-37f, float.Epsilon * 100 })
        {
            foreach (var inputs in new[] { 1, 5, 16, 17, 64, 131 })
            {
                var x = Random(random, inputs).Select(value => value * magnitude).ToArray();
                x[random.Next(inputs)] = magnitude;
                var matrix = new Int8Matrix(
                    inputs, 112, (_, _) => random.Next(3) switch { 0 => -127, 1 => 127, _ => 0 }, column => column % 5 == 0 ? 0 : 1e-3f);
                Check(kernel, matrix, x, 14);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void HalvesAreRoundedToEven(string kernel)
    {
        // The first element makes the unit 2⁻¹⁴.
        float[] x = [0.75f, .. Enumerable.Range(-40, 81).Select(i => i / 32768f)];
        Check(kernel, new Int8Matrix(x.Length, 96, (row, column) => row == column ? 1 : 0, _ => 1), x, 14);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void ZeroStaysZero(string kernel)
    {
        var random = new Random(6);
        var matrix = new Int8Matrix(37, 64, (_, _) => random.Next(-127, 128), _ => 1);
        Assert.All(matrix.Multiply(Int8Kernels.Supported[kernel], new float[37], 14), sum => Assert.Equal(0, sum));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void WhatIsNotFiniteMakesEverySumNaN(string kernel)
    {
        foreach (var culprit in new[] { float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            foreach (var inputs in new[] { 1, 3, 4, 21, 66 })
            {
                for (var place = 0; place < inputs; place += 5)
                {
                    var random = new Random(place);
                    var x = Random(random, inputs);
                    x[place] = culprit;

                    // Also of columns that are zero.
                    var matrix = new Int8Matrix(inputs, 80, (_, column) => column % 2 == 0 ? 0 : 5, column => column % 2);
                    Assert.All(matrix.Multiply(Int8Kernels.Supported[kernel], x, 14), sum => Assert.True(float.IsNaN(sum)));
                }
            }
        }
    }

    private static void Check(string kernel, Int8Matrix matrix, float[] x, int bits)
    {
        var expected = matrix.Multiply(x, bits);
        var found = matrix.Multiply(Int8Kernels.Supported[kernel], x, bits);
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected), MemoryMarshal.Cast<float, int>(found));
    }

    private static float[] Random(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 2 - 1)];
}
