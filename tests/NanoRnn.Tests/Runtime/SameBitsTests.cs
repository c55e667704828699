using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Runtime;

/// <summary>
/// Digests of results that must not depend on the machine. Run also with DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and
/// DOTNET_EnableHWIntrinsic=0.
/// </summary>
public class SameBitsTests
{
    [Fact]
    public void Initialization()
    {
        var weights = new AlignedBuffer(50 * 200);
        ModelInitializer.Initialize(
            new ModelLayout
            {
                ModelName = "Matrix",
                InputSize = 1,
                OutputSize = 1,
                ReturnsSequences = false,
                OutputActivation = Activation.Linear,
                StateLength = 0,
                IsStreamable = true,
                WeightLength = weights.Length,
                TransposedLength = 0,
                GradientPieces = 1,
                Tensors =
                [
                    new StridedTensorLayout
                    {
                        Name = "w", Shape = [50, 200], Initializer = Initializer.Orthogonal, Offset = 0, RowStride = 200, ColumnStride = 1,
                    },
                ],
            },
            weights,
            seed: 42);
        AssertDigest("4CB002C6D43BFCAD", weights.Span);
    }

    [Fact]
    public void Losses()
    {
        const int Length = 3 * 37;
        var random = new RandomGenerator(8);
        var (outputs, targets) = (new float[Length], new float[Length]);
        for (var i = 0; i < Length; i++)
            (outputs[i], targets[i]) = (random.NextFloat(), random.NextFloat());
        var results = new List<float>();
        Loss[] losses =
            [Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.Huber(0.3f), Loss.BinaryCrossentropy, Loss.CategoricalCrossentropy];
        foreach (var loss in losses)
        {
            var gradients = new float[Length];
            results.Add((float)loss.SumAndGradient(outputs, targets, 3, gradients, isFused: false));
            results.AddRange(gradients);
        }

        AssertDigest("A8917A7E18FEE60E", CollectionsMarshal.AsSpan(results));
    }

    [Fact]
    public void Optimizers()
    {
        var layout = FakeModel<MultiOutput>.Layout;
        var results = new List<float>();
        Optimizer[] optimizers =
        [
            Optimizer.Sgd(0.1f) with { ClipValue = 0.5f },
            Optimizer.Sgd(0.1f, 0.9f, true) with { ClipNorm = 1 },
            Optimizer.RmsProp(centered: true, momentum: 0.5f),
            Optimizer.Adam() with { GlobalClipNorm = 1 },
        ];
        foreach (var optimizer in optimizers)
        {
            var random = new RandomGenerator(8);
            var weights = new float[layout.WeightLength];
            var gradients = new float[layout.WeightLength];
            var update = optimizer.CreateUpdate(layout.WeightLength);
            var clipping = new GradientClipping(optimizer, layout);
            for (var step = 0; step < 50; step++)
            {
                foreach (ref var gradient in gradients.AsSpan())
                    gradient = (float)random.NextNormal();
                update.Apply(weights, gradients, clipping.Clip(gradients), (float)optimizer.LearningRate);
            }

            results.AddRange(weights);
        }

        AssertDigest("CE1818A0F943D171", CollectionsMarshal.AsSpan(results));
    }

    private static void AssertDigest(string expected, ReadOnlySpan<float> values) =>
        Assert.Equal(expected, Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values)))[..16]);
}
