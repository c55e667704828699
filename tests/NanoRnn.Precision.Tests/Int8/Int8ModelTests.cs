using NanoRnn.Tests.Shared;

namespace NanoRnn.Reduced.Tests;

/// <summary>Whole networks with kernels of 8-bit integers.</summary>
public class Int8ModelTests
{
    public static TheoryData<string> Networks => Cases.Networks;

    [Theory]
    [MemberData(nameof(Networks))]
    public void BatchesGiveWhatPredictGives(string network)
    {
        var results = Make(network, 13).Reduced.Compute();
        if (!results.TryGetValue("predict", out var single))
            return;
        foreach (var (activity, values) in results)
        {
            if (activity.StartsWith("batch", StringComparison.Ordinal))
                Assert.Equal(Cases.Bits(single.AsSpan(0, values.Length)), Cases.Bits(values));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ResultsAreNearlyThoseOfFloats(string network)
    {
        if (network == "Translator")
            return;
        var (model, reduced) = Make(network, 14);
        var (expected, found) = (model.Compute()["predict"], reduced.Compute()["predict"]);
        Assert.NotEqual(expected, found);
        var scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.03f * scale));
    }

    [Fact]
    public void WeightsTakeAQuarterOfTheBytes()
    {
        var (model, reduced) = Make("Large", 1);
        Assert.Equal(Precision.Int8, reduced.Layout.Precision);
        Assert.InRange((double)reduced.Layout.WeightLength / model.Layout.WeightLength, 0.25, 0.3);
        Assert.Equal(reduced.Layout.WeightLength, reduced.PackedWeights.Length);
    }

    [Fact]
    public void PaddingIsZero()
    {
        foreach (var network in new[] { "Tails", "Odd", "Gates" })
        {
            var reduced = Make(network, 2).Reduced;
            var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(reduced.PackedWeights.ReadOnlySpan).ToArray();
            foreach (var tensor in reduced.Layout.Tensors.Where(tensor => tensor.ElementType == CompilerServices.ElementType.I8))
            {
                for (var i = 0; i < tensor.Rows * tensor.Columns; i++)
                {
                    // Every element has a byte of its own; none of them is zero.
                    ref var element = ref bytes[tensor.IndexOf(i / tensor.Columns, i % tensor.Columns)];
                    Assert.NotEqual(0, element);
                    element = 0;
                }
            }
        }
    }

    [Fact]
    public void PredictingAllocatesNothing()
    {
        var model = Int8Models.Gates.From(new Float32Models.Gates(1).Weights);
        using var session = model.CreateSession();
        var (x, y) = (new float[5 * 6 * Int8Models.Gates.InputSize], new float[5 * Int8Models.Gates.OutputSize]);
        Run();
        Assert.Equal(0, AllocatedBytes.Of(Run));

        void Run()
        {
            model.Predict(x.AsSpan(0, 6 * Int8Models.Gates.InputSize), y.AsSpan(0, Int8Models.Gates.OutputSize));
            model.PredictBatch(x, 6, y);
            session.Step(x.AsSpan(0, Int8Models.Gates.InputSize), y.AsSpan(0, Int8Models.Gates.OutputSize));
        }
    }

    [Fact]
    public void WeightsCanOnlyBeRead()
    {
        var tensor = Make("Layers", 1).Reduced.Weights["dense_1.kernel"];
        var exception = Assert.Throws<InvalidOperationException>(() => tensor[0, 0] = 1);
        Assert.StartsWith("The weights of Layers are stored as Int8 and cannot be changed", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void WeightsAreTheNearestThatTheScaleAllows(string network)
    {
        var (model, reduced) = Make(network, 15);
        foreach (var tensor in reduced.Weights)
        {
            var source = model.Weights[tensor.Name];
            if (!Int8Cases.IsInteger(network, tensor))
            {
                Assert.Equal(source.ToArray(), tensor.ToArray());
                continue;
            }

            for (var column = 0; column < tensor.Shape[1]; column++)
            {
                float[] elements = [.. Enumerable.Range(0, tensor.Shape[0]).Select(row => source[row, column])];
                var (integers, scale) = ReferenceInt8.QuantizeColumn(elements);
                for (var row = 0; row < elements.Length; row++)
                    Assert.Equal(integers[row] * scale, tensor[row, column]);
                Assert.Equal(127, integers.Max(Math.Abs));
            }
        }
    }

    internal static (TestModel Model, TestModel Reduced) Make(string network, int seed)
    {
        var family = Families.Named(network);
        var model = family.Create(seed);
        return (model, family.Reduced[Precision.Int8](model.Weights));
    }
}
